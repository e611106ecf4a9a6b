// Trips as answers, each with the driver's card and the vehicle.
#pragma once

#include "api/departure_position.hpp"
#include "core/result.hpp"
#include "db/session.hpp"
#include "features/trips/card_cache.hpp"
#include "features/trips/views.hpp"

#include <optional>

namespace safargo::trips {

// Which of a driver's trips, in which order, and where the page continues.
struct OwnTrips {
    std::vector<std::string> statuses;  // none: any
    std::optional<bool> upcoming;       // as of `now`
    Instant now;
    std::optional<Instant> from, until;  // of the departure
    bool latest_first = true;
    std::optional<api::DeparturePosition> after;
    std::int64_t limit = 20;
};

class TripReader {
public:
    explicit TripReader(CardCache& cards) : cards_(cards) {}

    // The plate is included only for the driver and for passengers with a confirmed seat.
    Task<std::optional<TripView>> find(db::Session& session, TripId id, std::optional<UserId> reader);
    // With its plate, and with the session's own changes; not_found when there is none.
    Task<Result<TripView>> show_to_driver(db::Session& session, TripId id);
    Task<std::vector<TripView>> list_of_driver(db::Session& session, UserId driver, OwnTrips wanted);

private:
    // `ticket` is older than `trip`, which is open.
    Task<TripCards> remembered_cards(db::Session& session, const Trip& trip, CardCache::Ticket ticket);
    Task<TripCards> read_cards(db::Session& session, const Trip& trip);

    CardCache& cards_;
};

}  // namespace safargo::trips
