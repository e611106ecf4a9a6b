#include "features/favourites/repository.hpp"

namespace safargo::favourites {
namespace {

constexpr db::Statement lock_favourites{"favourite_lock", R"(
    select pg_advisory_xact_lock(hashtextextended('favourites ' || $1::uuid::text, 0)))"};

constexpr db::Statement count_favourites{"favourite_count", R"(
    select count(*) from favourites where user_id = $1)"};

constexpr db::Statement insert_favourite{"favourite_insert", R"(
    insert into favourites (id, user_id, label, lat, lng, created_at) values ($1, $2, $3, $4, $5, $6))"};

constexpr db::Statement list_favourites{"favourite_list", R"(
    select id, label, lat, lng, created_at from favourites
    where user_id = $1 and ($2::uuid is null or id > $2) order by id limit $3)"};

constexpr db::Statement delete_favourite{"favourite_delete", R"(
    delete from favourites where user_id = $1 and id = $2)"};

}  // namespace

Task<void> FavouriteRepository::lock_list(db::Transaction& tx, UserId person) const {
    co_await tx.query(lock_favourites, person);
}

Task<std::int64_t> FavouriteRepository::count(db::Transaction& tx, UserId person) const {
    const db::Rows rows = co_await tx.query(count_favourites, person);
    co_return rows[0].get<std::int64_t>(0);
}

Task<void> FavouriteRepository::insert(db::Transaction& tx, UserId person, FavouriteView favourite) const {
    co_await tx.query(insert_favourite, favourite.id, person, favourite.label, favourite.lat, favourite.lng,
                      favourite.created_at);
}

Task<std::vector<FavouriteView>> FavouriteRepository::list(db::Session& session, UserId person,
                                                           std::optional<FavouriteId> after, std::int64_t limit) const {
    const db::Rows rows = co_await session.query(list_favourites, person, after, limit);
    std::vector<FavouriteView> favourites;
    for (const db::Row row : rows) {
        favourites.push_back({row.get<FavouriteId>(0), row.get<std::string>(1), row.get<double>(2), row.get<double>(3),
                              row.get<Instant>(4)});
    }
    co_return favourites;
}

Task<bool> FavouriteRepository::remove(db::Transaction& tx, UserId person, FavouriteId id) const {
    const db::Rows deleted = co_await tx.query(delete_favourite, person, id);
    co_return deleted.affected() == 1;
}

}  // namespace safargo::favourites
