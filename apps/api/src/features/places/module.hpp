// Sights, and the search by name of sights and towns.
#pragma once

#include "features/places/index_keeper.hpp"
#include "features/places/service.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::places {

class Module final : public platform::Module {
public:
    explicit Module(const platform::Platform& platform);

    void add_routes(api::Endpoints& endpoints) override;
    db::Subscriptions subscriptions() override;
    std::vector<platform::Job> jobs() override;

private:
    Task<void> refresh_names(Instant now);

    db::Database& database_;
    PlaceIndex* index_;
    const geo::Gazetteer& gazetteer_;
    PlaceService service_;
    IndexKeeper keeper_;
};

}  // namespace safargo::places
