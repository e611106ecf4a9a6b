#include "features/favourites/service.hpp"

#include "api/page.hpp"
#include "features/users/service.hpp"

namespace safargo::favourites {
namespace {

constexpr std::int64_t most_favourites = 20;

std::unexpected<Error> list_is_full() {
    return fail(Error{.code = Code::too_many_favourites,
                      .reason = Violation{Rule::most_favourites, std::to_string(most_favourites)}});
}

}  // namespace

Task<Result<FavouriteView>> FavouriteService::add(db::Transaction& tx, Caller caller, AddFavourite wanted) {
    // The account cannot be deleted between this line and the commit, so nothing is written that deletion would miss.
    if (co_await users::lock_account(tx, caller.id) != AccountStatus::active) co_return fail(Code::unauthenticated);
    co_await rows_.lock_list(tx, caller.id);
    if (co_await rows_.count(tx, caller.id) >= most_favourites) co_return list_is_full();
    const Instant now = clock_.now();
    const FavouriteView added{.id = FavouriteId::make(now),
                              .label = wanted.label.str(),
                              .lat = wanted.lat.value(),
                              .lng = wanted.lng.value(),
                              .created_at = now};
    co_await rows_.insert(tx, caller.id, added);
    co_return added;
}

Task<Result<FavouritePage>> FavouriteService::list(Caller caller, ListFavourites wanted) {
    const auto asked = api::PageRequest::of(cursors_, "favourites " + caller.id.str(), wanted);
    if (!asked) co_return std::unexpected(asked.error());
    std::optional<FavouriteId> after;
    if (asked->position()) after = FavouriteId::parse(*asked->position()).value();
    FavouritePage page{co_await rows_.list(database_, caller.id, after, asked->rows()), std::nullopt};
    page.next_cursor = asked->cut(page.items, [](const FavouriteView& last) { return last.id.str(); });
    co_return page;
}

Task<Result<Nothing>> FavouriteService::remove(db::Transaction& tx, Caller caller, FavouriteId id) {
    if (!co_await rows_.remove(tx, caller.id, id)) co_return fail(Code::not_found);
    co_return Nothing{};
}

}  // namespace safargo::favourites
