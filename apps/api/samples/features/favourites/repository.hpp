#pragma once

#include "db/transaction.hpp"
#include "features/favourites/types.hpp"

#include <optional>
#include <vector>

namespace safargo::favourites {

class FavouriteRepository {
public:
    // Locks the list against concurrent additions until the transaction ends, so that a count stays true.
    Task<void> lock_list(db::Transaction& tx, UserId person) const;
    Task<std::int64_t> count(db::Transaction& tx, UserId person) const;
    Task<void> insert(db::Transaction& tx, UserId person, FavouriteView favourite) const;
    // In the order they were added, those after `after`.
    Task<std::vector<FavouriteView>> list(db::Session& session, UserId person, std::optional<FavouriteId> after,
                                          std::int64_t limit) const;
    // False: the person has no such favourite.
    Task<bool> remove(db::Transaction& tx, UserId person, FavouriteId id) const;
};

}  // namespace safargo::favourites
