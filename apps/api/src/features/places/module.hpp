// Sights.
#pragma once

#include "features/places/service.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::places {

class Module final : public platform::Module {
public:
    explicit Module(const platform::Platform& platform)
        : service_(platform.database, platform.place_search, platform.gazetteer, platform.cursors) {}

    void add_routes(api::Endpoints& endpoints) override;

private:
    PlaceService service_;
};

}  // namespace safargo::places
