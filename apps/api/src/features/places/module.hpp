// Sights.
#pragma once

#include "features/places/gallery.hpp"
#include "features/places/service.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::places {

class Module final : public platform::Module {
public:
    explicit Module(const platform::Platform& platform)
        : service_(platform.database, platform.cursors), gallery_(platform.clock) {}

    void add_routes(api::Endpoints& endpoints) override;

private:
    PlaceService service_;
    PlaceGallery gallery_;
};

}  // namespace safargo::places
