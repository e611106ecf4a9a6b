#include "features/trips/editing.hpp"

#include "features/trips/composing.hpp"
#include "features/trips/consent.hpp"
#include "features/trips/publishing.hpp"
#include "features/trips/transitions.hpp"

#include <algorithm>
#include <iterator>

namespace safargo::trips {
namespace {

std::unexpected<Error> unknown_itinerary() {
    return fail("itinerary_id", {Rule::unknown_reference});
}

std::unexpected<Error> unknown_vehicle() {
    return fail("vehicle_id", {Rule::unknown_reference});
}

// All errors of the route and of the communes it names, in one response.
Result<Trip> joined(Result<Trip> trip, std::vector<FieldError> elsewhere) {
    if (elsewhere.empty()) return trip;
    Error error{.code = Code::validation_failed};
    if (!trip) error = std::move(trip.error());
    std::ranges::move(elsewhere, std::back_inserter(error.fields));
    return fail(std::move(error));
}

}  // namespace

// Their other pages and devices; bookings tell the passengers.
void TripEditing::tell_driver(db::Transaction& tx, const Trip& trip, std::string_view what) const {
    announcer_.tell(tx, live::News::of(trip.id, what), {trip.driver}, clock_.now());
}

Task<Result<vehicles::Vehicle>> TripEditing::find_vehicle(db::Session& session, UserId driver, VehicleId id) {
    auto vehicle = co_await neighbours_.vehicles.find_own(session, driver, id);
    if (!vehicle) co_return unknown_vehicle();
    co_return std::move(*vehicle);
}

// Turns a draft into an offer; the caller saves it.
Task<Result<Nothing>> TripEditing::open(db::Transaction& tx, const drivers::Driver& driver,
                                        const vehicles::Vehicle& vehicle, Trip& trip) {
    const auto status = next_status(trip.status, TripAction::publish);
    if (!status) co_return std::unexpected(status.error());
    if (auto refusal = refuse_driver(driver, trip.departure(), clock_.now(), rules_))
        co_return fail(std::move(*refusal));
    if (auto allowed = co_await checks_.check_women_only(tx, trip); !allowed) co_return allowed;
    auto offer = co_await checks_.check_offer(tx, vehicle, trip);
    if (!offer) co_return offer;
    trip.status = *status;
    trip.plate = vehicles::canonical_plate(vehicle.plate);
    trip.published_at = clock_.now();
    co_return Nothing{};
}

Task<Result<TripView>> TripEditing::create(db::Transaction& tx, Caller caller, CreateTrip wanted) {
    const auto driver = co_await neighbours_.drivers.lock(tx, caller.id);
    if (!driver) co_return fail(Code::driver_required);
    if (wanted.itinerary_id) co_return unknown_itinerary();
    auto vehicle = co_await find_vehicle(tx, caller.id, wanted.vehicle_id);
    if (!vehicle) co_return std::unexpected(std::move(vehicle.error()));
    auto outbound = co_await checks_.check_return_trip(tx, caller.id, wanted.return_trip_id, wanted.departure_at);
    if (!outbound) co_return std::unexpected(std::move(outbound.error()));
    auto elsewhere = co_await checks_.find_wrong_communes(tx, communes_of(wanted.stops));
    auto trip = joined(compose_trip(wanted, *vehicle, neighbours_.atlas, clock_.now()), std::move(elsewhere));
    if (!trip) co_return std::unexpected(std::move(trip.error()));
    if (wanted.publish.value_or(false)) {
        auto opened = co_await open(tx, *driver, *vehicle, *trip);
        if (!opened) co_return std::unexpected(std::move(opened.error()));
    }
    auto written = co_await rows_.save(tx, *trip, clock_.now());
    if (!written) co_return std::unexpected(std::move(written.error()));
    if (trip->return_trip) co_await rows_.link_return(tx, *trip->return_trip, trip->id);
    tell_driver(tx, *trip, trip->status == TripStatus::draft ? "drafted" : "published");
    co_return co_await reader_.show_to_driver(tx, trip->id);
}

Task<Result<TripView>> TripEditing::publish(db::Transaction& tx, Caller caller, TripId id) {
    auto own = co_await lock_own_trip(tx, neighbours_.drivers, caller.id, id);
    if (!own) co_return std::unexpected(std::move(own.error()));
    auto vehicle = co_await find_vehicle(tx, caller.id, own->trip.vehicle);
    if (!vehicle) co_return std::unexpected(std::move(vehicle.error()));
    // A draft may be older than a rule.
    auto elsewhere = co_await checks_.find_wrong_communes(tx, communes_of(own->trip.stops));
    if (!elsewhere.empty()) co_return fail(Error{.code = Code::validation_failed, .fields = std::move(elsewhere)});
    auto ordered = co_await checks_.check_return_order(tx, own->trip, own->trip);
    if (!ordered) co_return std::unexpected(std::move(ordered.error()));
    auto opened = co_await open(tx, own->driver, *vehicle, own->trip);
    if (!opened) co_return std::unexpected(std::move(opened.error()));
    auto written = co_await rows_.save(tx, own->trip, clock_.now());
    if (!written) co_return std::unexpected(std::move(written.error()));
    tell_driver(tx, own->trip, "published");
    co_return co_await reader_.show_to_driver(tx, id);
}

Task<Result<Nothing>> TripEditing::check_edit(db::Transaction& tx, const LockedTrip& own,
                                              const std::optional<vehicles::Vehicle>& vehicle, const Trip& after) {
    const Trip& before = own.trip;
    if (before.departure() != after.departure() || before.arrival() != after.arrival()) {
        if (auto ordered = co_await checks_.check_return_order(tx, before, after); !ordered) co_return ordered;
    }
    if (before.status == TripStatus::draft) co_return Nothing{};
    if (auto refused = refuse_change(before, after)) co_return fail(std::move(*refused));
    if (!before.preferences.women_only) {
        if (auto allowed = co_await checks_.check_women_only(tx, after); !allowed) co_return allowed;
    }
    if (!changes_offer(before, after)) co_return Nothing{};
    if (auto refusal = refuse_driver(own.driver, after.departure(), clock_.now(), rules_)) {
        co_return fail(std::move(*refusal));
    }
    if (!vehicle) co_return unknown_vehicle();
    co_return co_await checks_.check_offer(tx, *vehicle, after);
}

Task<Result<TripView>> TripEditing::edit(db::Transaction& tx, Caller caller, TripId id, api::IfMatch read,
                                         EditTrip changes) {
    auto own = co_await lock_own_trip(tx, neighbours_.drivers, caller.id, id);
    if (!own) co_return std::unexpected(std::move(own.error()));
    const Trip& before = own->trip;
    if (!read.matches(before.version)) co_return fail(Code::precondition_failed);
    if (auto refused = refuse_edit_of(before.status)) co_return fail(std::move(*refused));
    co_await listener_.free_overdue(tx, own->trip);
    if (changes.itinerary_id && *changes.itinerary_id) co_return unknown_itinerary();
    // The vehicle of a draft may be gone: changes that do not concern it are still possible.
    const auto vehicle = co_await neighbours_.vehicles.find_own(
        tx, caller.id, changes.vehicle_id ? *changes.vehicle_id : before.vehicle);
    if (changes.vehicle_id && !vehicle) co_return unknown_vehicle();
    std::vector<FieldError> elsewhere;
    if (changes.stops)
        elsewhere = co_await checks_.find_wrong_communes(tx, new_communes_of(*changes.stops, before.stops));
    auto after = joined(edited_trip(before, changes, vehicle, neighbours_.atlas), std::move(elsewhere));
    if (!after) co_return std::unexpected(std::move(after.error()));
    auto allowed = co_await check_edit(tx, *own, vehicle, *after);
    if (!allowed) co_return std::unexpected(std::move(allowed.error()));
    auto written = co_await rows_.save(tx, *after, clock_.now());
    if (!written) co_return std::unexpected(std::move(written.error()));
    if (before.status != TripStatus::draft) {
        auto agreed = co_await listener_.edited(tx, before, *after);
        if (!agreed) co_return std::unexpected(std::move(agreed.error()));
    }
    tell_driver(tx, *after, "edited");
    co_return co_await reader_.show_to_driver(tx, id);
}

}  // namespace safargo::trips
