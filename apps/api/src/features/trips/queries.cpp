#include "features/trips/queries.hpp"

#include "api/page.hpp"
#include "features/users/service.hpp"

#include <fmt/format.h>

namespace safargo::trips {
namespace {

template <class T>
std::string spelled(const std::optional<T>& wanted) {
    return wanted ? wanted->str() : std::string("any");
}

// The cursor is bound to the person, the filters and the order.
std::string page_query(UserId driver, const ListMyTrips& wanted) {
    const std::string_view when = wanted.when ? contract::enum_name(*wanted.when) : "any";
    return fmt::format("trips {} {} {} {} {} {}", driver.str(), when, spelled(wanted.status), spelled(wanted.from_date),
                       spelled(wanted.to_date), spelled(wanted.sort));
}

OwnTrips asked_for(const ListMyTrips& wanted, Instant now) {
    OwnTrips asked;
    asked.now = now;
    if (wanted.status) asked.statuses = wanted.status->names();
    if (wanted.when) asked.upcoming = *wanted.when == contract::When::upcoming;
    if (wanted.from_date) asked.from = wanted.from_date->begins();
    if (wanted.to_date) asked.until = wanted.to_date->ends();
    if (wanted.sort) asked.latest_first = wanted.sort->latest_first;
    return asked;
}

}  // namespace

Task<bool> TripQueries::may_see(const TripView& trip, std::optional<Caller> caller) {
    if (caller && (caller->id == trip.driver.id)) co_return true;
    if (trip.status == TripStatus::draft) co_return false;
    if (!trip.preferences.women_only) co_return true;
    if (!caller) co_return false;
    if (caller->moderates()) co_return true;
    co_return co_await users::is_confirmed_woman(database_, caller->id);
}

Task<Result<TripView>> TripQueries::show(std::optional<Caller> caller, TripId id) {
    const auto reader = caller ? std::optional(caller->id) : std::nullopt;
    auto trip = co_await reader_.find(database_, id, reader);
    if (!trip || !co_await may_see(*trip, caller)) co_return fail(Code::not_found);
    co_return std::move(*trip);
}

Task<Result<TripPage>> TripQueries::list_mine(Caller caller, ListMyTrips wanted) {
    if (wanted.from_date && wanted.to_date && *wanted.to_date < *wanted.from_date) {
        co_return fail("to_date", {Rule::out_of_order});
    }
    const auto asked = api::PageRequest::of(cursors_, page_query(caller.id, wanted), wanted);
    if (!asked) co_return std::unexpected(asked.error());
    OwnTrips which = asked_for(wanted, clock_.now());
    if (asked->position()) which.after = api::DeparturePosition::parse(*asked->position());
    which.limit = asked->rows();
    TripPage page;
    page.items = co_await reader_.list_of_driver(database_, caller.id, std::move(which));
    page.next_cursor = asked->cut(page.items, [](const TripView& trip) {
        return api::DeparturePosition{trip.departure_at, trip.id.value}.str();
    });
    co_return page;
}

}  // namespace safargo::trips
