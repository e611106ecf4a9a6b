// Trips as answers, each with the driver's card and the vehicle.
#pragma once

#include "db/session.hpp"
#include "features/trips/card_cache.hpp"
#include "features/trips/views.hpp"

#include <optional>

namespace safargo::trips {

// Where a page of one driver's trips goes on: after this departure and id, going back in time.
struct PagePosition {
    Instant departure;
    TripId id;
};

class TripReader {
public:
    explicit TripReader(CardCache& cards) : cards_(cards) {}

    // The plate stands in it only for the driver and for passengers with a confirmed seat.
    Task<std::optional<TripView>> find(db::Session& session, TripId id, std::optional<UserId> reader);
    // With its plate, and as of the session's own changes.
    Task<std::optional<TripView>> find_for_driver(db::Session& session, TripId id);
    // The latest departure first.
    Task<std::vector<TripView>> list_of_driver(db::Session& session, UserId driver, std::optional<TripStatus> status,
                                               std::optional<PagePosition> after, std::int64_t limit);
    Task<bool> is_confirmed_woman(db::Session& session, UserId id);

private:
    // `ticket` is older than `trip`, which is open.
    Task<TripCards> remembered_cards(db::Session& session, const Trip& trip, CardCache::Ticket ticket);
    Task<TripCards> read_cards(db::Session& session, const Trip& trip);

    CardCache& cards_;
};

}  // namespace safargo::trips
