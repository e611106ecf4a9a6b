// The driver's own trips, filtered and in both orders, against plain SQL over random rows.
#include "contract/query.hpp"
#include "features/trips/trip_world_test.hpp"

#include <random>

namespace safargo::trips {
namespace {

class OwnTripsTest : public TripWorld {
protected:
    OwnTripsTest() {
        const TripId pattern = draft(tomorrow).id;
        for (int i = 0; i < 60; ++i) add_like(pattern);
        database.execute("delete from trips where id = '" + pattern.str() + "'");
        database.execute(
            "update trips t set stop_times = (select array_agg(at + (t.date_time - t.stop_times[1]) order by i) "
            "from unnest(t.stop_times) with ordinality as stop (at, i));"
            "update trips set arrival_at = stop_times[cardinality(stop_times)]");
    }

    template <class T>
    T one_of(std::vector<T> values) {
        return values[std::uniform_int_distribution<std::size_t>(0, values.size() - 1)(random_)];
    }

    // Departures on full hours, so that some coincide.
    void add_like(TripId pattern) {
        const int hours = std::uniform_int_distribution<int>(-72, 72)(random_);
        const auto status = one_of<std::string>({"draft", "completed", "cancelled"});
        database.execute(fmt::format(
            "insert into trips select (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'status', "
            "'{0}', 'date_time', timestamptz '{1}' + interval '{2} hours', 'arrival_at', timestamptz '{1}' + interval "
            "'{3} hours'))).* from trips t where id = '{4}'",
            status, format_instant(clock.now()), hours, hours + 5, pattern.str()));
    }

    static ListMyTrips with(std::string_view query) { return contract::parse_query<ListMyTrips>(query).value(); }

    std::vector<TripId> all(ListMyTrips wanted) {
        std::vector<TripId> ids;
        for (;;) {
            const auto page = testing::run(trips.queries.list_mine(driver, wanted)).value();
            EXPECT_LE(page.items.size(), 7U);
            for (const TripView& trip : page.items) ids.push_back(trip.id);
            if (!page.next_cursor) return ids;
            wanted.cursor = Text<512>::parse(*page.next_cursor).value();
        }
    }
    std::vector<TripId> by_sql(const std::string& condition, bool latest_first) {
        const std::string order = latest_first ? "date_time desc, id desc" : "date_time, id";
        const std::string sql = "select id from trips where driver_id = $1 and " + condition + " order by " + order;
        const db::Rows rows = testing::run(db.query(db::Statement{"test_own_trips", sql}, driver.id));
        std::vector<TripId> ids;
        for (const db::Row row : rows) ids.push_back(row.get<TripId>(0));
        return ids;
    }

    std::mt19937 random_{17};
};

TEST_F(OwnTripsTest, EqualWhatSqlFinds) {
    const std::string now = "timestamptz '" + format_instant(clock.now()) + "'";
    const std::string upcoming = "(status in ('draft', 'open', 'in_progress') and arrival_at > " + now + ")";
    const std::pair<std::string, std::string> filters[] = {
        {"", "true"},
        {"&when=upcoming", upcoming},
        {"&when=past", "not " + upcoming},
        {"&status=draft,cancelled", "status in ('draft', 'cancelled')"},
        {"&status=completed", "status = 'completed'"},
        {"&from_date=2026-12-01", "date_time >= '2026-12-01 00:00+01'"},
        {"&to_date=2026-12-01", "date_time < '2026-12-02 00:00+01'"},
        {"&from_date=2026-11-30&to_date=2026-12-02&when=past&status=draft,completed",
         "date_time >= '2026-11-30 00:00+01' and date_time < '2026-12-03 00:00+01' and status in ('draft', "
         "'completed') "
         "and not " +
             upcoming},
    };
    for (const auto& [query, condition] : filters) {
        SCOPED_TRACE(query);
        EXPECT_EQ(all(with("limit=7" + query)), by_sql(condition, true));
        EXPECT_EQ(all(with("limit=7&sort=-departure" + query)), by_sql(condition, true));
        EXPECT_EQ(all(with("limit=7&sort=departure" + query)), by_sql(condition, false));
    }
}

TEST_F(OwnTripsTest, ACursorIsBoundToItsFiltersAndOrder) {
    ListMyTrips first = with("limit=7&sort=departure");
    const auto cursor = Text<512>::parse(*testing::run(trips.queries.list_mine(driver, first))->next_cursor).value();
    for (const std::string_view other : {"sort=-departure", "sort=departure&when=past", "sort=departure&status=draft",
                                         "sort=departure&from_date=2026-12-01", "sort=departure&to_date=2026-12-01"}) {
        ListMyTrips wanted = with(other);
        wanted.cursor = cursor;
        EXPECT_EQ(testing::run(trips.queries.list_mine(driver, wanted)).error().code, Code::malformed_request) << other;
    }
}

TEST_F(OwnTripsTest, RefusesUnknownFilters) {
    const auto wrong = [](std::string_view query) {
        return contract::parse_query<ListMyTrips>(query).error().fields.at(0);
    };
    for (const std::string_view query :
         {"status=", "status=open,", "status=,open", "status=open;draft", "status=full", "status=OPEN"}) {
        EXPECT_EQ(wrong(query).field, "status") << query;
        EXPECT_EQ(wrong(query).violation.rule, Rule::not_allowed) << query;
    }
    EXPECT_EQ(wrong("when=tomorrow"), (FieldError{"when", {Rule::not_allowed, "upcoming, past"}}));
    EXPECT_EQ(wrong("sort=price"), (FieldError{"sort", {Rule::not_allowed, "departure, -departure"}}));
    EXPECT_EQ(wrong("from_date=2026-02-30").field, "from_date");
    const auto backwards =
        testing::run(trips.queries.list_mine(driver, with("from_date=2026-12-02&to_date=2026-12-01")));
    EXPECT_EQ(backwards.error().fields.at(0), (FieldError{"to_date", {Rule::out_of_order}}));
    EXPECT_EQ(all(with("limit=7&status=draft, completed , draft")), all(with("limit=7&status=completed,draft")));
}

}  // namespace
}  // namespace safargo::trips
