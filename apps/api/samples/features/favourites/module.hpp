// A person's favourite places.
#pragma once

#include "features/favourites/service.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::favourites {

class Module final : public platform::Module {
public:
    explicit Module(const platform::Platform& platform)
        : service_(platform.database, platform.clock, platform.cursors) {}

    void add_routes(api::Endpoints& endpoints) override;
    platform::PersonalData personal_data() const override;

private:
    FavouriteService service_;
};

}  // namespace safargo::favourites
