// What drivers write: drafts, offers, and changes to both (PRODUCT section 3).
#pragma once

#include "api/inputs.hpp"
#include "core/caller.hpp"
#include "features/live/service.hpp"
#include "features/trips/checks.hpp"
#include "features/trips/events.hpp"
#include "features/trips/locked_trip.hpp"
#include "features/trips/reader.hpp"
#include "features/trips/requests.hpp"

namespace safargo::trips {

// Other drivers' trips are not_found.
class TripEditing {
public:
    TripEditing(const Clock& clock, TripNeighbours neighbours, TripRules rules, TripListener& listener,
                live::Announcer announcer = {})
        : clock_(clock),
          neighbours_(neighbours),
          rules_(rules),
          listener_(listener),
          announcer_(announcer),
          checks_(clock, neighbours, rules),
          reader_(neighbours.cards) {}

    Task<Result<TripView>> create(db::Transaction& tx, Caller caller, CreateTrip wanted);
    // precondition_failed unless `read` names the current version; seats_sold for changes that passengers would have to
    // agree to.
    Task<Result<TripView>> edit(db::Transaction& tx, Caller caller, TripId id, api::IfMatch read, EditTrip changes);
    Task<Result<TripView>> publish(db::Transaction& tx, Caller caller, TripId id);

private:
    Task<Result<vehicles::Vehicle>> find_vehicle(db::Session& session, UserId driver, VehicleId id);
    Task<Result<Nothing>> open(db::Transaction& tx, const drivers::Driver& driver, const vehicles::Vehicle& vehicle,
                               Trip& trip);
    Task<Result<Nothing>> check_edit(db::Transaction& tx, const LockedTrip& own,
                                     const std::optional<vehicles::Vehicle>& vehicle, const Trip& after);

    void tell_driver(db::Transaction& tx, const Trip& trip, std::string_view what) const;

    const Clock& clock_;
    TripNeighbours neighbours_;
    TripRules rules_;
    TripListener& listener_;
    live::Announcer announcer_;
    TripChecks checks_;
    TripRepository rows_;
    TripReader reader_;
};

}  // namespace safargo::trips
