// The caller's own bookings, filtered and in every order, against plain SQL over random rows.
#include "contract/query.hpp"
#include "features/bookings/booking_world_test.hpp"

#include <fmt/format.h>

#include <random>

namespace safargo::bookings {
namespace {

using Ids = std::vector<BookingId>;

class BookingListing : public World {
protected:
    BookingListing() {
        for (int i = 0; i < 4; ++i) trips_.push_back(add_trip(driver_, {.departs_in = 24h * (5 + i)}));
        for (int i = 0; i < 70; ++i) add_row();
    }

    std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }

    // On full hours, so that some pickups coincide; the constraints on active rows would reject random data.
    void add_row() {
        const auto hours = static_cast<int>(below(240)) - 120;
        const auto status = static_cast<BookingStatus>(below(14));
        const bool hold = is_hold(status);
        const UserId passenger = below(4) == 0 ? add_user("Somebody") : amina_;
        database_.execute(
            "alter table bookings drop constraint if exists bookings_no_overlap;"
            "drop index if exists bookings_active_trip_key");
        const BookingId id = BookingId::make(clock_.now());
        clock_.advance(1ms);
        database_.execute(fmt::format(
            "insert into bookings (id, trip_id, user_id, driver_id, from_stop, to_stop, seats, status, price, "
            "service_fee, payment_method, pickup_at, dropoff_at, expires_at, created_at) values ('{0}', '{1}', '{2}', "
            "'{3}', 0, 2, 1, '{4}', 1500, 0, 'cash', timestamptz '{5}' + interval '{6} hours', timestamptz '{5}' + "
            "interval '{7} hours', {8}, now()); insert into payments (id, booking_id, passenger_id, driver_id, method, "
            "status, price, service_fee, amount, created_at) values (gen_random_uuid(), '{0}', '{2}', '{3}', 'cash', "
            "'intent', 1500, 0, 1500, now())",
            id.str(), trips_[below(trips_.size())].str(), passenger.str(), driver_.str(), contract::enum_name(status),
            format_instant(start_), hours, hours + 5,
            hold ? fmt::format("timestamptz '{}' + interval '{} hours'", format_instant(start_), below(2) == 0 ? -1 : 1)
                 : std::string("null")));
    }

    static ListBookings with(std::string_view query) { return contract::parse_query<ListBookings>(query).value(); }

    Ids all(UserId who, ListBookings wanted) {
        Ids ids;
        for (;;) {
            const auto page = testing::run(queries_.list(as(who), wanted)).value();
            EXPECT_LE(page.items.size(), 6U);
            for (const BookingView& item : page.items) ids.push_back(item.id);
            if (!page.next_cursor) return ids;
            wanted.cursor = Text<300>::parse(*page.next_cursor).value();
        }
    }
    Ids by_sql(UserId who, const std::string& owner, const std::string& condition, const std::string& order) {
        const std::string sql =
            "select id from bookings where " + owner + " = $1 and " + condition + " order by " + order;
        const db::Rows rows = testing::run(db_.query(db::Statement{"test_own_bookings", sql}, who));
        Ids ids;
        for (const db::Row row : rows) ids.push_back(row.get<BookingId>(0));
        return ids;
    }
    std::string upcoming() {
        const std::string now = "timestamptz '" + format_instant(clock_.now()) + "'";
        return "(status in ('requested', 'awaiting_payment', 'confirmed', 'boarded') and dropoff_at > " + now +
               " and coalesce(expires_at, 'infinity') > " + now + ")";
    }

    std::mt19937 random_{5};
    const Instant start_ = clock_.now();
    const UserId driver_ = add_driver("Ahmed Benali"), amina_ = add_user("Amina Kaci");
    std::vector<TripId> trips_;
};

TEST_F(BookingListing, EqualsWhatSqlFinds) {
    const std::pair<std::string, std::string> filters[] = {
        {"", "true"},
        {"&when=upcoming", upcoming()},
        {"&when=past", "not " + upcoming()},
        {"&status=confirmed,boarded,declined", "status in ('confirmed', 'boarded', 'declined')"},
        {"&from_date=2026-12-01", "pickup_at >= '2026-12-01 00:00+01'"},
        {"&to_date=2026-12-01", "pickup_at < '2026-12-02 00:00+01'"},
        {"&trip_id=" + trips_[0].str(), "trip_id = '" + trips_[0].str() + "'"},
        {"&trip_id=" + driver_.str(), "false"},
        {"&when=past&from_date=2026-11-28&to_date=2026-12-03&status=settled,expired,requested&trip_id=" +
             trips_[1].str(),
         "pickup_at >= '2026-11-28 00:00+01' and pickup_at < '2026-12-04 00:00+01' and status in ('settled', "
         "'expired', "
         "'requested') and trip_id = '" +
             trips_[1].str() + "' and not " + upcoming()},
    };
    const std::pair<std::string, std::string> orders[] = {
        {"", "id desc"}, {"&sort=departure", "pickup_at, id"}, {"&sort=-departure", "pickup_at desc, id desc"}};
    for (const auto& [query, condition] : filters) {
        for (const auto& [sort, order] : orders) {
            SCOPED_TRACE(query + sort);
            EXPECT_EQ(all(amina_, with("limit=6" + query + sort)), by_sql(amina_, "user_id", condition, order));
            EXPECT_EQ(all(driver_, with("limit=6&role=driver" + query + sort)),
                      by_sql(driver_, "driver_id", condition, order));
        }
    }
}

TEST_F(BookingListing, ACursorIsBoundToItsFiltersAndOrder) {
    const auto page = testing::run(queries_.list(as(amina_), with("limit=6&sort=departure"))).value();
    const auto cursor = Text<300>::parse(page.next_cursor.value()).value();
    for (const std::string_view other :
         {"limit=6", "sort=-departure", "sort=departure&when=upcoming", "sort=departure&status=confirmed",
          "sort=departure&role=driver", "sort=departure&from_date=2026-12-01", "sort=departure&to_date=2026-12-01"}) {
        ListBookings wanted = with(other);
        wanted.cursor = cursor;
        EXPECT_EQ(testing::run(queries_.list(as(amina_), wanted)).error().code, Code::malformed_request) << other;
    }
}

TEST_F(BookingListing, RefusesUnknownFilters) {
    const auto wrong = [](std::string_view query) {
        return contract::parse_query<ListBookings>(query).error().fields.at(0);
    };
    for (const std::string_view query : {"status=", "status=confirmed,", "status=confirmed,lost", "status=full"}) {
        EXPECT_EQ(wrong(query).field, "status") << query;
        EXPECT_EQ(wrong(query).violation.rule, Rule::not_allowed) << query;
    }
    EXPECT_EQ(wrong("when=now").field, "when");
    EXPECT_EQ(wrong("sort=pickup").field, "sort");
    EXPECT_EQ(wrong("trip_id=42").field, "trip_id");
    EXPECT_EQ(wrong("to_date=tomorrow").field, "to_date");
    const auto backwards = testing::run(queries_.list(as(amina_), with("from_date=2026-12-02&to_date=2026-12-01")));
    EXPECT_EQ(backwards.error().fields.at(0), (FieldError{"to_date", {Rule::out_of_order}}));
}

}  // namespace
}  // namespace safargo::bookings
