#include "features/search/service.hpp"

#include "api/page.hpp"
#include "features/search/engine_query.hpp"
#include "features/search/found_trips.hpp"
#include "features/users/service.hpp"

namespace safargo::search {
namespace {

// From eight to eight may mean no hour or a whole day: refusing is better than guessing.
bool holds_no_hour(const SearchQuery& wanted) {
    return wanted.hour_from && wanted.hour_to && wanted.hour_from->value() == wanted.hour_to->value();
}

}  // namespace

SearchService::SearchService(db::Database& database, const matching::TripIndex& index, const DriverCards& drivers,
                             const api::CursorSigner& cursors, const Clock& clock)
    : database_(database), index_(index), drivers_(drivers), cursors_(cursors), clock_(clock) {}

Task<bool> SearchService::sees_women_only(std::optional<Caller> caller) {
    if (!caller) co_return false;
    if (caller->moderates()) co_return true;
    co_return co_await users::is_confirmed_woman(database_, caller->id);
}

Task<Result<SearchPage>> SearchService::search(std::optional<Caller> caller, SearchQuery wanted) {
    if (holds_no_hour(wanted)) co_return fail("hour_to", {Rule::empty_range});
    const bool women_only = co_await sees_women_only(caller);
    matching::Query query = engine_query(wanted, clock_.now(), women_only);
    const auto asked = api::PageRequest::of(cursors_, fingerprint(wanted, women_only), wanted);
    if (!asked) co_return std::unexpected(asked.error());
    if (asked->position()) {
        query.after = parse_position(*asked->position());
        // Ours, but written by another version: refusing is better than page one again and again.
        if (!query.after) co_return fail(Code::malformed_request);
    }
    matching::Page page = index_.search(query);
    SearchPage answer{describe(std::move(page.items), drivers_), static_cast<std::int64_t>(page.total), std::nullopt};
    if (page.next) answer.next_cursor = asked->after(print_position(*page.next));
    co_return answer;
}

Task<Result<NearbyTrips>> SearchService::near(std::optional<Caller> caller, NearQuery wanted) {
    const bool women_only = co_await sees_women_only(caller);
    matching::Page page = index_.search(engine_query(wanted, clock_.now(), women_only));
    co_return NearbyTrips{describe(std::move(page.items), drivers_)};
}

}  // namespace safargo::search
