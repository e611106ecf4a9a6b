// For the tests of this folder: a real database with drivers, vehicles and a clock that stands still.
#pragma once

#include "features/trips/editing.hpp"
#include "features/trips/lifecycle.hpp"
#include "features/trips/listeners.hpp"
#include "features/trips/queries.hpp"
#include "features/trips/seats.hpp"
#include "features/trips/wanted_trip_test.hpp"
#include "testing/test_database.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace safargo::trips {

using namespace std::chrono_literals;

// Records what it is told.
class Diary final : public TripListener {
public:
    Task<void> free_overdue(db::Transaction&, Trip& trip) override {
        if (all_overdue) trip.leg_seats_left.assign(trip.leg_seats_left.size(), trip.seats);
        co_return;
    }
    Task<Result<Nothing>> edited(db::Transaction&, const Trip& before, const Trip& after) override {
        co_await write("edited by " + std::to_string((after.departure() - before.departure()) / 1min), after);
        if (!agrees) co_return fail(Code::illegal_transition);
        co_return Nothing{};
    }
    Task<void> started(db::Transaction&, const Trip& trip) override { return write("started", trip); }
    Task<void> completed(db::Transaction&, const Trip& trip) override { return write("completed", trip); }
    Task<void> cancelled(db::Transaction&, const Trip& trip, CancelledBy by) override {
        return write("cancelled by " + std::to_string(static_cast<int>(by)), trip);
    }
    Task<bool> anyone_boarded(db::Transaction&, const Trip&) override { co_return boarded; }

    std::vector<std::string> lines;
    bool boarded = false;
    bool agrees = true;
    bool all_overdue = false;  // every seat that is taken

private:
    Task<void> write(std::string line, const Trip& trip) {
        line += " in ";
        line += contract::enum_name(trip.status);
        lines.push_back(std::move(line));
        co_return;
    }
};

// The services of this folder, wired as the process wires them.
struct TripServices {
    TripServices(db::Database& database, const Clock& clock, TripNeighbours neighbours, TripRules rules)
        : editing(clock, neighbours, rules, listeners),
          lifecycle(database, clock, neighbours, rules, listeners),
          seats(neighbours.drivers, lifecycle),
          queries(database, clock, neighbours) {}

    TripListeners listeners;
    TripEditing editing;
    TripLifecycle lifecycle;
    TripSeats seats;
    TripQueries queries;
};

class TripWorld : public ::testing::Test {
protected:
    TripWorld() { trips.listeners.add(diary); }

    Caller add_user(Role role = Role::user) {
        const UserId id = UserId::make(clock.now());
        database.execute(
            fmt::format("insert into users (id, email, name, role, created_at) values ('{0}', "
                        "'{0}@example.dz', 'Ahmed Benali', '{1}', now())",
                        id.str(), contract::enum_name(role)));
        return {.id = id, .session = SessionId::make(clock.now()), .role = role};
    }
    Caller add_driver() {
        const Caller added = add_user(Role::driver);
        database.execute(fmt::format("insert into drivers values ('{0}', '{0}', '2031-01-01', now())", added.id.str()));
        return added;
    }
    VehicleId add_vehicle(const Caller& owner, std::string_view plate, int seats = 4) {
        const VehicleId id = VehicleId::make(clock.now());
        database.execute(
            fmt::format("insert into vehicles values ('{}', '{}', 'Renault', 'Symbol', 2019, 'white', {}, '{}', "
                        "'petrol', now(), null)",
                        id.str(), owner.id.str(), seats, plate));
        return id;
    }

    void add_commune(std::string_view code, LatLng centre = {36.7, 3}) {
        database.execute(fmt::format(
            "insert into wilayas values (16, 'Alger', 'الجزائر', 'Algiers', 'Alger', 36.7, 3, null, '2019-01-01') "
            "on conflict do nothing; insert into communes values ('{}', 16, 'Alger', 'الجزائر', {}, {})",
            code, centre.lat, centre.lng));
    }

    Result<TripView> create(const Caller& caller, const std::string& json) {
        return run(
            [&, wanted = wanted_trip(json)](db::Transaction& tx) { return trips.editing.create(tx, caller, wanted); });
    }
    TripView draft(Instant departure) { return create(driver, trip_json(car, departure)).value(); }
    TripView offer(Instant departure, std::string_view more = {}) {
        return create(driver, trip_json(car, departure, R"(, "publish": true)" + std::string(more))).value();
    }
    // Stops 0..legs, near one another and free of charge.
    TripId offer_legs(int legs, int seats) {
        std::string stops = R"([{"lat":36,"lng":2,"label":"a"})";
        for (int i = 1; i <= legs; ++i)
            stops += fmt::format(R"(,{{"lat":36,"lng":{},"label":"b","price":0}})", 2 + i * 0.1);
        return create(driver, trip_json(car, tomorrow, R"(, "publish": true)", stops + "]", seats)).value().id;
    }
    std::vector<int> left(TripId id) { return testing::run(trips.seats.find(db, id)).value().leg_seats_left; }
    Result<TripView> publish(const Caller& caller, TripId id) {
        return run([&](db::Transaction& tx) { return trips.editing.publish(tx, caller, id); });
    }
    Result<TripView> start(const Caller& caller, TripId id) {
        return run([&](db::Transaction& tx) { return trips.lifecycle.start(tx, caller, id); });
    }
    Result<TripView> complete(const Caller& caller, TripId id) {
        return run([&](db::Transaction& tx) { return trips.lifecycle.complete(tx, caller, id); });
    }
    Result<TripView> cancel(const Caller& caller, TripId id) {
        return run([&](db::Transaction& tx) { return trips.lifecycle.cancel(tx, caller, id); });
    }
    Result<TripView> edit(const TripView& trip, std::string_view json) {
        return run([&, changes = wanted_edit(json)](db::Transaction& tx) {
            return trips.editing.edit(tx, driver, trip.id, {std::vector{trip.version}}, changes);
        });
    }
    Result<TripView> show(std::optional<Caller> caller, TripId id) {
        return testing::run(trips.queries.show(caller, id));
    }
    TripView look(TripId id) { return show(driver, id).value(); }

    // Sells a seat like a booking; false when the trip is full.
    bool sell(TripId id, int from, int to, int seats = 1) {
        return testing::run(db.transact<Nothing>([&](db::Transaction& tx) { return sell_in(tx, id, from, to, seats); }))
            .has_value();
    }
    Task<Result<Nothing>> sell_in(db::Transaction& tx, TripId id, int from, int to, int seats) {
        std::optional<Trip> trip = co_await trips.seats.lock(tx, id);
        co_return co_await trips.seats.take(tx, trip.value(), from, to, seats);
    }

    template <class Work>
    Result<TripView> run(Work work) {
        return testing::run(db.transact<TripView>(work));
    }

    testing::TestDatabase database;
    db::Database& db = database.db();
    FakeClock clock{parse_instant("2026-12-01T08:00:00Z").value()};
    StraightRoads roads;
    api::CursorSigner cursors{"0123456789abcdef0123456789abcdef"};
    drivers::DriverService drivers{db, clock};
    geo::GazetteerData country;
    vehicles::VehicleService vehicles{db, clock, drivers, cursors, country};
    CardCache cards;
    TripNeighbours neighbours{drivers, vehicles, roads, cursors, cards};
    TripServices trips{db, clock, neighbours, {}};
    Diary diary;
    Caller driver = add_driver();
    VehicleId car = add_vehicle(driver, "012345-119-16");
    Instant tomorrow = clock.now() + std::chrono::hours{24};
};

inline Error error_of(const Result<TripView>& result) {
    if (result) throw std::logic_error("was not refused");
    return result.error();
}
inline Code code_of(const Result<TripView>& result) {
    return error_of(result).code;
}

}  // namespace safargo::trips
