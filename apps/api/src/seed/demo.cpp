#include "seed/demo_rows.hpp"
#include "seed/seed.hpp"

#include <algorithm>
#include <functional>
#include <span>

namespace safargo::seed {
namespace {

constexpr std::chrono::days looks_ahead{30};
constexpr std::size_t drivers_at_a_time = 1'000;
constexpr std::size_t trips_at_a_time = 2'000;  // well within the statement timeout

// The lines people try first, in the morning, afternoon and evening; then the ones they try next.
constexpr int alger = 16, oran = 31, constantine = 25, bejaia = 6;
const std::vector<DailyLine> daily_lines{{alger, oran, 7},         {oran, alger, 7},        {alger, oran, 14},
                                         {oran, alger, 14},        {alger, oran, 20},       {oran, alger, 20},
                                         {alger, constantine, 8},  {constantine, alger, 8}, {alger, constantine, 15},
                                         {constantine, alger, 15}, {alger, bejaia, 9},      {bejaia, alger, 17}};

constexpr const char* sign_in =
    "request a code for the phone number (POST /api/v1/auth/otp/request); the code appears at /dev/outbox";

template <class T>
std::vector<std::span<const T>> portions(const std::vector<T>& items, std::size_t size) {
    std::vector<std::span<const T>> spans;
    for (std::size_t at = 0; at < items.size(); at += size)
        spans.push_back(std::span(items).subspan(at, std::min(size, items.size() - at)));
    return spans;
}

Task<std::vector<DemoAccount>> add_accounts(db::Database& database, Instant now) {
    db::Transaction tx = co_await database.begin();
    std::vector<DemoAccount> accounts = co_await put_accounts(tx, now);
    co_await tx.commit();
    co_return accounts;
}

Task<void> add_drivers(db::Database& database, const std::vector<DemoDriver>& drivers, const Progress& progress) {
    std::size_t done = 0;
    for (const auto portion : portions(drivers, drivers_at_a_time)) {
        progress("drivers", done, drivers.size());
        db::Transaction tx = co_await database.begin();
        co_await put_drivers(tx, portion);
        co_await tx.commit();
        done += portion.size();
    }
    progress("drivers", done, drivers.size());
}

Task<std::size_t> add_day(db::Database& database, std::vector<trips::Trip> trips) {
    std::size_t added = 0;
    for (const auto portion : portions(trips, trips_at_a_time)) {
        db::Transaction tx = co_await database.begin();
        added += co_await put_trips(tx, portion);
        co_await tx.commit();
    }
    co_return added;
}

Task<std::size_t> add_trips(db::Database& database, const TripGenerator& generator, Instant now,
                            const Progress& progress) {
    const LocalDate first = LocalDate::of(now);
    const auto is_ahead = [&](const trips::Trip& trip) {
        return trip.departure() > now && trip.departure() <= now + looks_ahead;
    };
    std::size_t added = 0;
    for (int ahead = 0; ahead <= looks_ahead.count(); ++ahead) {
        progress("trips", static_cast<std::size_t>(ahead), looks_ahead.count() + 1);
        std::vector<trips::Trip> trips = generator.day({first.days + std::chrono::days{ahead}});
        std::erase_if(trips, std::not_fn(is_ahead));
        added += co_await add_day(database, std::move(trips));
    }
    progress("trips", looks_ahead.count() + 1, looks_ahead.count() + 1);
    co_return added;
}

}  // namespace

Task<DemoReport> load_demo(db::Database& database, DemoOptions options, const Clock& clock, const geo::RoadGraph& roads,
                           const geo::Gazetteer& gazetteer, Progress progress) {
    const Instant now = clock.now();
    DemoReport report;
    report.sign_in = sign_in;
    report.accounts = co_await add_accounts(database, now);

    const DemandModel demand(gazetteer, roads, read_wilaya_pairs(options.data_dir));
    TripPlan plan;
    plan.seed = options.seed;
    plan.trips_in_30_days = options.trips;
    plan.rates = co_await fare_rates(database, LocalDate::of(now));
    plan.places = co_await place_ids(database);
    plan.daily_lines = daily_lines;
    const TripGenerator generator(demand, make_drivers(options.seed, drivers_for(options.trips), gazetteer),
                                  std::move(plan));
    report.drivers = generator.drivers().size();
    co_await add_drivers(database, generator.drivers(), progress);
    report.added_trips = co_await add_trips(database, generator, now, progress);
    report.open_trips = co_await count_open_trips(database, now, now + looks_ahead);
    co_return report;
}

}  // namespace safargo::seed
