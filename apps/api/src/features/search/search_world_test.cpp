#include "features/search/search_world_test.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace safargo::search {
namespace {

using matching::TripRow;

constexpr const char* select_open = R"(
    select t.id, t.version, t.leg_seats_left, t.stop_prices[cardinality(stop_prices)] - t.stop_prices[1], t.date_time,
           t.booking_mode = 'instant', u.rating_count
    from trips t join users u on u.id = t.driver_id where t.status = 'open' and u.status = 'active')";

std::string line(std::int64_t version, int seats, Dinars price, Instant departure, bool instant, std::int64_t reviews) {
    return fmt::format("version {}, {} seats, {} DA, {}, instant {}, {} reviews", version, seats, price.amount,
                       format_instant(departure), instant, reviews);
}

}  // namespace

matching::Query everything() {
    matching::Query query;
    query.from = alger;
    query.radius_m = 100'000;
    query.end = Instant{std::chrono::days{200'000}};
    query.sees_women_only = true;
    query.limit = 1'000'000;
    return query;
}

std::map<TripId, int> ratings_of(const matching::TripIndex& index) {
    std::map<TripId, int> ratings;
    for (int tenths = 10; tenths <= 50; ++tenths) {
        matching::Query query = everything();
        query.filters.min_rating = static_cast<float>(tenths / 10.0);
        for (const matching::Match& match : index.search(query).items) ratings[match.trip] = tenths;
    }
    return ratings;
}

SearchWorld::SearchWorld(std::chrono::milliseconds check_every)
    : feeding(testing::shared_context()->get_executor(), feeding_options()),
      feed(feeding, index, drivers, observer, check_every) {}

db::Options SearchWorld::feeding_options() {
    db::Options options = database.options();
    options.application_name = "safargo-feed";
    options.statement_timeout = 60s;
    options.on_statement = [this](std::string_view name, std::chrono::nanoseconds, bool answered) {
        if (!answered) return;
        ++statements[std::string(name)];
        const auto hook = hooks.find(std::string(name));
        if (hook != hooks.end()) hook->second();
    };
    return options;
}

int SearchWorld::count(const std::string& statement) const {
    const auto found = statements.find(statement);
    return found == statements.end() ? 0 : found->second;
}

TripRow SearchWorld::ride() {
    TripRow trip;
    trip.id = TripId::make(clock.now());
    trip.version = 1;
    trip.driver = UserId::make(clock.now());
    trip.stops = {{alger, clock.now() + 24h, Dinars{0}}, {oran, clock.now() + 29h, Dinars{1'500}}};
    trip.leg_seats = {3};
    return trip;
}

TripRow SearchWorld::by_way_of_chlef(std::uint8_t first_leg, std::uint8_t second_leg) {
    TripRow trip = ride();
    trip.stops.insert(trip.stops.begin() + 1, {chlef, clock.now() + 26h, Dinars{700}});
    trip.leg_seats = {first_leg, second_leg};
    return trip;
}

TripRow SearchWorld::offer(TripRow trip) {
    execute(insert_trip(trip));
    return trip;
}

UserId SearchWorld::add_user(std::string_view role, std::string_view gender) {
    const UserId id = UserId::make(clock.now());
    execute(
        fmt::format("insert into users (id, email, name, role, gender, gender_confirmed_at, created_at) values "
                    "('{0}', '{0}', 'Lina Haddad', '{1}', nullif('{2}', ''), "
                    "case when '{2}' <> '' then now() end, now())",
                    id.str(), role, gender));
    return id;
}

SearchWorld::Content SearchWorld::known() const {
    Content content;
    const matching::Page page = index.search(everything());
    const DriverCards::View cards = drivers.view();
    for (const matching::Match& match : page.items) {
        const users::DriverCard* driver = cards.find(match.driver);
        if (!driver) throw std::logic_error("a trip without its driver");
        const bool instant = match.booking_mode == matching::BookingMode::instant;
        content[match.trip.str()] =
            line(match.version, match.seats_left, match.price, match.departure, instant, driver->reviews);
    }
    return content;
}

SearchWorld::Content SearchWorld::stored() const {
    Content content;
    db::BlockingConnection connection(database.url());
    const db::Rows rows = connection.query(select_open);
    for (const db::Row row : rows) {
        const auto seats = row.get<std::vector<std::int16_t>>(2);
        content[row.get<TripId>(0).str()] =
            line(row.get<std::int64_t>(1), *std::min_element(seats.begin(), seats.end()), row.get<Dinars>(3),
                 row.get<Instant>(4), row.get<bool>(5), row.get<std::int64_t>(6));
    }
    return content;
}

std::string SearchWorld::seen(TripId trip) const {
    const Content content = known();
    const auto found = content.find(trip.str());
    return found == content.end() ? std::string() : found->second;
}

void SearchWorld::expect_equal_to_table() const {
    const Content expected = stored();
    EXPECT_EQ(known(), expected);
    EXPECT_EQ(index.size(), expected.size());
}

}  // namespace safargo::search
