#include "features/trips/checks.hpp"

#include "core/local_time.hpp"
#include "features/geo/service.hpp"
#include "features/trips/plausible.hpp"
#include "features/trips/publishing.hpp"
#include "features/users/service.hpp"

namespace safargo::trips {
namespace {

std::unexpected<Error> too_many(Rule rule, int most) {
    return fail(Error{.code = Code::daily_limit, .reason = Violation{rule, std::to_string(most)}});
}

std::unexpected<Error> before_outbound(Instant arrival) {
    const Instant minute = std::chrono::ceil<std::chrono::minutes>(arrival);
    return fail("departure_at", {Rule::before_outbound, local_minute(minute)});
}

// The return was created after the outbound trip; if both leave at the same instant, the return counts as later.
bool is_return_of(const Trip& trip, const Trip& other) {
    return std::pair(trip.created_at, trip.departure()) > std::pair(other.created_at, other.departure());
}

}  // namespace

// The rules about route, times, prices and seats, and the number of trips on that day. The driver's row is locked.
Task<Result<Nothing>> TripChecks::check_offer(db::Transaction& tx, const vehicles::Vehicle& vehicle, const Trip& trip) {
    const Instant now = clock_.now();
    const geo::FareRate rate = co_await geo_routes::fare_rate(tx, vehicle.fuel, LocalDate::of(now));
    if (auto refusal = refuse_offer(trip, vehicle, atlas_, rate, now)) co_return fail(std::move(*refusal));
    co_return co_await check_day(tx, trip, now);
}

Task<Result<Nothing>> TripChecks::check_women_only(db::Session& session, const Trip& trip) {
    if (!trip.preferences.women_only || co_await users::is_confirmed_woman(session, trip.driver)) co_return Nothing{};
    co_return fail("preferences.women_only", {Rule::not_a_confirmed_woman});
}

// Publishing and moving an offer to another day count alike; publishing counts once, whatever happens to the offer. The
// driver's row is locked, so that two requests cannot both take the last place.
Task<Result<Nothing>> TripChecks::check_day(db::Transaction& tx, const Trip& trip, Instant now) {
    const auto that_day = co_await rows_.count_of_day(tx, trip.driver, LocalDate::of(trip.departure()), trip.id);
    if (that_day >= rules_.trips_per_day) co_return too_many(Rule::per_day, rules_.trips_per_day);
    if (trip.status != TripStatus::draft || !rules_.publications_per_day) co_return Nothing{};
    const auto today = co_await rows_.count_published(tx, trip.driver, LocalDate::of(now));
    if (today >= *rules_.publications_per_day)
        co_return too_many(Rule::publications_per_day, *rules_.publications_per_day);
    co_return Nothing{};
}

Task<std::vector<FieldError>> TripChecks::find_wrong_communes(db::Session& session, std::vector<NamedCommune> named) {
    if (named.empty()) co_return std::vector<FieldError>{};
    std::vector<std::string> codes;
    for (const NamedCommune& commune : named) codes.push_back(commune.code);
    const auto centres = co_await geo_routes::commune_centres(session, std::move(codes));
    co_return trips::find_wrong_communes(named, centres);
}

Task<Result<Nothing>> TripChecks::check_return_trip(db::Session& session, UserId driver, std::optional<TripId> outbound,
                                                    Instant departure) {
    if (!outbound) co_return Nothing{};
    const auto trip = co_await rows_.find(session, *outbound);
    if (!trip || trip->driver != driver) co_return fail("return_trip_id", {Rule::unknown_reference});
    // The outbound trip no longer exists.
    if (trip->status == TripStatus::cancelled) co_return Nothing{};
    if (departure < trip->arrival()) co_return before_outbound(trip->arrival());
    co_return Nothing{};
}

Task<Result<Nothing>> TripChecks::check_return_order(db::Session& session, const Trip& before, const Trip& after) {
    if (!before.return_trip) co_return Nothing{};
    const auto others = co_await rows_.other_ways(session, before);
    for (const Trip& other : others) {
        const bool is_return = is_return_of(before, other);
        const Trip& there = is_return ? other : after;
        const Trip& back = is_return ? after : other;
        if (back.departure() < there.arrival()) co_return before_outbound(there.arrival());
    }
    co_return Nothing{};
}

}  // namespace safargo::trips
