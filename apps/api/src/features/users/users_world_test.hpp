// For tests of accounts: people and what they leave behind, as rows.
#pragma once

#include "contract/json.hpp"
#include "core/clock.hpp"
#include "features/auth/personal_data.hpp"
#include "features/bookings/personal_data.hpp"
#include "features/disputes/personal_data.hpp"
#include "features/drivers/personal_data.hpp"
#include "features/kyc/personal_data.hpp"
#include "features/ledger/personal_data.hpp"
#include "features/media/personal_data.hpp"
#include "features/payments/personal_data.hpp"
#include "features/trips/personal_data.hpp"
#include "features/users/service.hpp"
#include "features/vehicles/personal_data.hpp"
#include "testing/test_database.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace safargo::users::test {

using testing::run;

class UsersWorld : public ::testing::Test {
protected:
    Caller add_user(std::string_view name, std::string_view phone) {
        const Caller caller{.id = UserId::make(clock.now()), .session = SessionId::make(clock.now())};
        execute(
            "insert into users (id, phone, name, created_at) values ('{0}', '{1}', '{2}', '2026-01-01T00:00:00Z');"
            "insert into sessions (id, user_id, user_agent, created_at, last_used_at) values ('{3}', '{0}', "
            "'Firefox of {2}', now(), now());"
            "insert into refresh_tokens values ('hash of {3}', '{3}', now(), now())",
            caller.id.str(), phone, name, caller.session.str());
        return caller;
    }
    // With a licence, a car, and a plate of its own.
    Caller add_driver(std::string_view name, std::string_view phone) {
        const Caller caller = add_user(name, phone);
        execute(
            "update users set role = 'driver' where id = '{0}';"
            "insert into drivers values ('{0}', 'DZ{1}', '2031-01-01', now());"
            "insert into vehicles (id, driver_id, make, model, year, colour, seats, plate, fuel, created_at) values "
            "('{0}', '{0}', 'Renault', 'Symbol', 2019, 'white', 4, 'plate {1}', 'petrol', now())",
            caller.id.str(), phone.substr(1));
        return caller;
    }
    // In the car of add_driver, on a day of its own.
    std::string add_trip(const Caller& driver, std::string_view status) {
        const std::string id = Uuid::v7(clock.now()).str();
        execute(
            "insert into trips (id, driver_id, vehicle_id, plate, status, origin_lat, origin_lng, destination_lat, "
            "destination_lng, date_time, arrival_at, local_day, stop_lats, stop_lngs, stop_labels, stop_communes, "
            "stop_times, stop_prices, seats, leg_seats_left, booking_mode, smoking, pets, music, talk, luggage, "
            "max_two_back, women_only, note, distance_m, duration_s, polyline, created_at) select '{0}', '{1}', "
            "'{1}', 'plate', '{2}', 1, 1, 2, 2, d, d + '1 h', d, '{{1,2}}', '{{1,2}}', '{{Home,Oran}}', "
            "'{{\"\",\"\"}}', array[d, d + '1 h'], '{{0,900}}', 3, '{{3}}', 'instant', false, false, false, "
            "'quiet', 'none', false, false, 'ring at door 7', 1, 1, '', now() "
            "from (select timestamptz '2026-12-02' + {3} * interval '1 day' as d) as day",
            id, driver.id.str(), status, ++days_);
        return id;
    }
    std::string add_booking(const Caller& passenger, const Caller& driver, std::string_view trip,
                            std::string_view status) {
        const std::string id = Uuid::v7(clock.now()).str();
        execute(
            "insert into bookings (id, trip_id, user_id, driver_id, from_stop, to_stop, seats, status, price, "
            "service_fee, payment_method, message, pickup_at, dropoff_at, created_at) select '{}', id, '{}', '{}', "
            "0, 1, 1, '{}', 900, 45, 'sandbox', 'words of a passenger', date_time, arrival_at, '{}' "
            "from trips where id = '{}'",
            id, passenger.id.str(), driver.id.str(), status, format_instant(clock.now()), trip);
        return id;
    }
    void add_payment(std::string_view booking, std::string_view status) {
        execute(
            "insert into payments (id, booking_id, passenger_id, driver_id, method, status, price, service_fee, "
            "amount, created_at) select gen_random_uuid(), id, user_id, driver_id, 'sandbox', '{}', price, "
            "service_fee, 945, now() from bookings where id = '{}'",
            status, booking);
    }
    // What we owe the driver grows by `amount` (or shrinks).
    void post_earning(const Caller& driver, std::string_view account, int amount) {
        execute(
            "with posted as (insert into ledger_transactions (id, kind, event_key, created_at) values "
            "(gen_random_uuid(), 'capture', gen_random_uuid()::text, now()) returning id) insert into ledger_entries "
            "(transaction_id, account, user_id, amount) select id, '{}', '{}'::uuid, -({}) from posted union all "
            "select id, 'escrow', null, {} from posted",
            account, driver.id.str(), amount, amount);
    }

    template <class... A>
    void execute(std::string_view sql, const A&... values) {
        database.execute(fmt::format(fmt::runtime(sql), values...));
    }
    // One text that `expression` gives for the account.
    std::string read(std::string_view expression, const Caller& caller) {
        const std::string sql = fmt::format("select coalesce(({})::text, 'null') from users where id = $1", expression);
        const db::Statement statement{"test_read", sql.c_str()};
        return run(database.db().query(statement, caller.id))[0].get<std::string>(0);
    }
    Result<MyProfile> edit(const Caller& caller, std::string_view json) {
        auto changes = contract::parse_json<EditProfile>(json);
        if (!changes) return std::unexpected(changes.error());
        return run(
            database.db().transact<MyProfile>([&](db::Transaction& tx) { return users.edit(tx, caller, *changes); }));
    }
    Result<Nothing> leave(const Caller& caller) {
        return run(database.db().transact<Nothing>([&](db::Transaction& tx) { return users.leave(tx, caller); }));
    }
    Result<Nothing> record_consent(const Caller& caller, std::string_view kind, bool granted) {
        const RecordConsent consent{Line<64>::parse(kind).value(), granted};
        return run(database.db().transact<Nothing>(
            [&](db::Transaction& tx) { return users.record_consent(tx, caller, consent); }));
    }

    // Commits when some other connection waits for what this one has locked.
    Task<void> commit_once_waited_for(db::Transaction& tx) {
        static constexpr db::Statement waiting{
            "test_waiting",
            "select count(*) from pg_stat_activity where datname = current_database() and "
            "cardinality(pg_blocking_pids(pid)) > 0"};
        while ((co_await database.db().query(waiting))[0].get<std::int64_t>(0) == 0) {
        }
        co_await tx.commit();
    }

    testing::TestDatabase database;
    FakeClock clock{parse_instant("2026-12-01T08:00:00Z").value()};
    UserService users{database.db(),
                      clock,
                      {media::personal_data(), auth::personal_data(), kyc::personal_data(), drivers::personal_data(),
                       vehicles::personal_data(), trips::personal_data(), bookings::personal_data(),
                       payments::personal_data(), ledger::personal_data(), disputes::personal_data()}};

private:
    int days_ = 0;
};

}  // namespace safargo::users::test
