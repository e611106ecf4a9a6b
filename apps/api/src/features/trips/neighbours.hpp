// What trips need from the features they depend on; all of it outlives the services.
#pragma once

#include "api/cursor.hpp"
#include "features/drivers/service.hpp"
#include "features/trips/atlas.hpp"
#include "features/trips/card_cache.hpp"
#include "features/vehicles/service.hpp"

namespace safargo::trips {

struct TripNeighbours {
    drivers::DriverService& drivers;
    vehicles::VehicleService& vehicles;
    const Atlas& atlas;
    const api::CursorSigner& cursors;
    CardCache& cards;
};

}  // namespace safargo::trips
