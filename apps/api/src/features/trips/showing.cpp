// Trips for people who look.
#include "features/trips/service.hpp"

#include <charconv>

namespace safargo::trips {
namespace {

// The cursor is bound to the person and the filter.
std::string page_query(UserId driver, std::optional<TripStatus> status) {
    std::string query = "trips " + driver.str();
    if (status) query.append(" ").append(contract::enum_name(*status));
    return query;
}

// "<microseconds> <id>"
std::string spell(const PagePosition& position) {
    return std::to_string(position.departure.time_since_epoch().count()) + ' ' + position.id.str();
}

// Only of text that we have signed.
PagePosition read_position(std::string_view text) {
    const std::size_t space = text.find(' ');
    std::int64_t microseconds = 0;
    std::from_chars(text.data(), text.data() + space, microseconds);
    return {Instant{std::chrono::microseconds{microseconds}}, TripId::parse(text.substr(space + 1)).value()};
}

}  // namespace

Task<Result<TripView>> TripService::show_to_driver(db::Session& session, TripId id) {
    auto trip = co_await reader_.find_for_driver(session, id);
    if (!trip) co_return fail(Code::not_found);
    co_return std::move(*trip);
}

Task<bool> TripService::may_see(const TripView& trip, std::optional<Caller> caller) {
    if (caller && (caller->id == trip.driver.id)) co_return true;
    if (trip.status == TripStatus::draft) co_return false;
    if (!trip.preferences.women_only) co_return true;
    if (!caller) co_return false;
    if (caller->moderates()) co_return true;
    co_return co_await reader_.is_confirmed_woman(database_, caller->id);
}

Task<Result<TripView>> TripService::show(std::optional<Caller> caller, TripId id) {
    const auto reader = caller ? std::optional(caller->id) : std::nullopt;
    auto trip = co_await reader_.find(database_, id, reader);
    if (!trip || !co_await may_see(*trip, caller)) co_return fail(Code::not_found);
    co_return std::move(*trip);
}

Task<Result<TripPage>> TripService::list_mine(Caller caller, ListMyTrips wanted) {
    const std::string query = page_query(caller.id, wanted.status);
    std::optional<PagePosition> after;
    if (wanted.cursor) {
        auto position = neighbours_.cursors.open(query, wanted.cursor->str());
        if (!position) co_return std::unexpected(std::move(position.error()));
        after = read_position(*position);
    }
    const std::int64_t limit = wanted.limit ? wanted.limit->value() : 20;
    TripPage page;
    page.items = co_await reader_.list_of_driver(database_, caller.id, wanted.status, after, limit + 1);
    if (std::ssize(page.items) > limit) {
        page.items.pop_back();
        const TripView& last = page.items.back();
        page.next_cursor = neighbours_.cursors.sign(query, spell({last.departure_at, last.id}));
    }
    co_return page;
}

}  // namespace safargo::trips
