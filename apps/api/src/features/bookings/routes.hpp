// The routes of bookings.
#pragma once

#include "api/endpoints.hpp"
#include "features/bookings/editing.hpp"
#include "features/bookings/queries.hpp"
#include "features/bookings/service.hpp"

namespace safargo::bookings {

void add_routes(api::Endpoints& endpoints, BookingService& bookings, BookingEditing& editing, BookingQueries& queries);

}  // namespace safargo::bookings
