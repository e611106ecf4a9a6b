// The rules of trips (PRODUCT section 3), and the seats that bookings take.
#pragma once

#include "api/cursor.hpp"
#include "api/inputs.hpp"
#include "core/caller.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/task.hpp"
#include "db/database.hpp"
#include "features/drivers/service.hpp"
#include "features/trips/atlas.hpp"
#include "features/trips/events.hpp"
#include "features/trips/named_communes.hpp"
#include "features/trips/reader.hpp"
#include "features/trips/repository.hpp"
#include "features/trips/requests.hpp"
#include "features/trips/rules.hpp"
#include "features/trips/types.hpp"
#include "features/vehicles/service.hpp"

#include <optional>
#include <vector>

namespace safargo::trips {

// What bookings may do with trips. Lock order everywhere: driver, trip, booking, payment.
class Seats {
public:
    virtual ~Seats() = default;

    // The row, locked until the transaction ends; nullopt when there is none.
    virtual Task<std::optional<Trip>> lock(db::Transaction& tx, TripId id) = 0;
    // Several rows, locked in the order of their ids so that two callers cannot deadlock.
    virtual Task<std::vector<Trip>> lock_all(db::Transaction& tx, std::vector<TripId> ids) = 0;
    virtual Task<std::optional<Trip>> find(db::Session& session, TripId id) = 0;

    // On legs from..to-1 of a locked trip; updates `trip` to the new row. trip_full when a leg has not enough.
    virtual Task<Result<Nothing>> take(db::Transaction& tx, Trip& trip, int from, int to, int seats) = 0;
    virtual Task<void> give_back(db::Transaction& tx, Trip& trip, int from, int to, int seats) = 0;

    // The first passenger aboard starts the trip. Whoever may start one locks its driver's row, and then the trip.
    virtual Task<std::optional<Trip>> lock_with_driver(db::Transaction& tx, UserId driver, TripId id) = 0;
    // too_early; whether an open trip may start now.
    virtual Result<Nothing> may_start(const Trip& trip) const = 0;
    // The status and all that follows a start; updates `trip`.
    virtual Task<Result<Nothing>> begin_ride(db::Transaction& tx, Trip& trip) = 0;
};

// What trips need from their neighbours; all of it outlives the service.
struct TripNeighbours {
    drivers::DriverService& drivers;
    vehicles::VehicleService& vehicles;
    const Atlas& atlas;
    const api::CursorSigner& cursors;
    CardCache& cards;
};

// Somebody else's draft is not_found, and so is anything one may not do to somebody else's trip.
class TripService final : public Seats {
public:
    TripService(db::Database& database, const Clock& clock, TripNeighbours neighbours, TripRules rules)
        : database_(database), clock_(clock), neighbours_(neighbours), rules_(rules), reader_(neighbours.cards) {}

    // Told of every edit, start, end and cancellation, in the order they were added. Before the first request.
    void add_observer(TripObserver& observer) { observers_.push_back(&observer); }

    Task<Result<TripView>> create(db::Transaction& tx, Caller caller, CreateTrip wanted);
    // precondition_failed unless `read` names the current version; seats_sold for what passengers would have to agree
    // to.
    Task<Result<TripView>> edit(db::Transaction& tx, Caller caller, TripId id, api::IfMatch read, EditTrip changes);
    Task<Result<TripView>> publish(db::Transaction& tx, Caller caller, TripId id);
    Task<Result<TripView>> start(db::Transaction& tx, Caller caller, TripId id);
    Task<Result<TripView>> complete(db::Transaction& tx, Caller caller, TripId id);
    Task<Result<TripView>> cancel(db::Transaction& tx, Caller caller, TripId id);  // admins too

    // Women-only trips exist only for their driver, women whose gender is confirmed, and moderators.
    Task<Result<TripView>> show(std::optional<Caller> caller, TripId id);
    Task<Result<TripPage>> list_mine(Caller caller, ListMyTrips wanted);

    // The job's: trips that should have ended 12 h ago complete if anyone boarded, otherwise they are cancelled.
    // Answers how many it ended; one that is locked or cannot be ended does not hold up the others (db/sweep.hpp).
    Task<int> complete_overdue(Instant now);

    Task<std::optional<Trip>> lock(db::Transaction& tx, TripId id) override;
    Task<std::vector<Trip>> lock_all(db::Transaction& tx, std::vector<TripId> ids) override;
    Task<std::optional<Trip>> find(db::Session& session, TripId id) override;
    Task<Result<Nothing>> take(db::Transaction& tx, Trip& trip, int from, int to, int seats) override;
    Task<void> give_back(db::Transaction& tx, Trip& trip, int from, int to, int seats) override;
    Task<std::optional<Trip>> lock_with_driver(db::Transaction& tx, UserId driver, TripId id) override;
    Result<Nothing> may_start(const Trip& trip) const override;
    Task<Result<Nothing>> begin_ride(db::Transaction& tx, Trip& trip) override;

private:
    struct Owned {
        drivers::Driver driver;
        Trip trip;
    };
    // The driver's row, then the trip's. not_found for another driver's trip.
    Task<Result<Owned>> lock_own(db::Transaction& tx, UserId driver, TripId id);
    Task<Result<vehicles::Vehicle>> find_vehicle(db::Session& session, UserId driver, VehicleId id);
    Task<Result<Nothing>> check_offer(db::Transaction& tx, const vehicles::Vehicle& vehicle, const Trip& trip);
    // Whoever offers a trip to women only is a woman whose gender is confirmed, like those who may see it.
    Task<Result<Nothing>> check_women_only(db::Session& session, const Trip& trip);
    Task<Result<Nothing>> open(db::Transaction& tx, const drivers::Driver& driver, const vehicles::Vehicle& vehicle,
                               Trip& trip);
    Task<Result<Nothing>> check_day(db::Transaction& tx, const Trip& trip, Instant now);
    // The official codes are data: only the database knows them, and where they are.
    Task<std::vector<FieldError>> find_wrong_communes(db::Session& session, std::vector<NamedCommune> named);
    Task<Result<Nothing>> check_return_trip(db::Session& session, UserId driver, std::optional<TripId> outbound,
                                            Instant departure);
    // A way there and its way back stay in this order, whichever of them moves.
    Task<Result<Nothing>> check_return_order(db::Session& session, const Trip& before, const Trip& after);
    Task<Result<Nothing>> check_edit(db::Transaction& tx, const Owned& own,
                                     const std::optional<vehicles::Vehicle>& vehicle, const Trip& after);
    Task<Result<Nothing>> tell_edit(db::Transaction& tx, const Trip& before, const Trip& after);

    Task<Result<Nothing>> end_ride(db::Transaction& tx, Trip& trip);
    Task<Result<Nothing>> call_off(db::Transaction& tx, Trip& trip, CancelledBy by);
    Task<Result<bool>> end_overdue(db::Transaction& tx, TripId id, Instant now);
    Task<bool> anyone_boarded(db::Transaction& tx, const Trip& trip);

    Task<bool> may_see(const TripView& trip, std::optional<Caller> caller);
    Task<Result<TripView>> show_to_driver(db::Session& session, TripId id);

    db::Database& database_;
    const Clock& clock_;
    TripNeighbours neighbours_;
    TripRules rules_;
    std::vector<TripObserver*> observers_;
    TripRepository rows_;
    TripReader reader_;
};

}  // namespace safargo::trips
