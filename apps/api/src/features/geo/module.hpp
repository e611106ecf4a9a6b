// Geography of Algeria.
#pragma once

#include "features/geo/service.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::geo_routes {

class Module final : public platform::Module {
public:
    explicit Module(const platform::Platform& platform)
        : service_(platform.database, platform.gazetteer, platform.roads, platform.clock) {}

    void add_routes(api::Endpoints& endpoints) override;

private:
    GeoService service_;
};

}  // namespace safargo::geo_routes
