#include "features/users/track_record.hpp"

namespace safargo::users {
namespace {

constexpr db::Statement lock_users{"user_lock_for_counting", R"(
    select id from users where id = any($1) order by id for no key update)"};

constexpr db::Statement add_driven{"user_count_driven", R"(
    update users set trips_driven = trips_driven + 1 where id = $1)"};

constexpr db::Statement add_ignored_request{"user_count_ignored_request", R"(
    update users set ignored_requests = ignored_requests + 1 where id = $1)"};

constexpr db::Statement add_answer{"user_count_answer", R"(
    update users set response_seconds_sum = response_seconds_sum + $2, response_count = response_count + 1
    where id = $1)"};

constexpr db::Statement add_late_cancellation{"user_count_late_cancellation", R"(
    update users set late_cancellations = late_cancellations + 1 where id = $1)"};

constexpr db::Statement add_travelled{"user_count_travelled", R"(
    update users set trips_travelled = trips_travelled + 1 where id = any($1))"};

constexpr db::Statement take_travelled_back{"user_count_not_travelled", R"(
    update users set trips_travelled = greatest(trips_travelled - 1, 0) where id = any($1))"};

}  // namespace

Task<void> lock_people(db::Transaction& tx, std::vector<UserId> people) {
    co_await tx.query(lock_users, std::move(people));
}

Task<void> count_driven(db::Transaction& tx, UserId driver) {
    co_await tx.query(add_driven, driver);
}

Task<void> count_ignored_request(db::Transaction& tx, UserId driver) {
    co_await tx.query(add_ignored_request, driver);
}

Task<void> count_answer(db::Transaction& tx, UserId driver, std::chrono::microseconds took) {
    const std::int64_t seconds = std::chrono::round<std::chrono::seconds>(took).count();
    co_await tx.query(add_answer, driver, seconds);
}

Task<void> count_late_cancellation(db::Transaction& tx, UserId who) {
    co_await tx.query(add_late_cancellation, who);
}

Task<void> count_travelled(db::Transaction& tx, std::vector<UserId> passengers) {
    if (!passengers.empty()) co_await tx.query(add_travelled, std::move(passengers));
}

Task<void> count_not_travelled(db::Transaction& tx, std::vector<UserId> passengers) {
    if (!passengers.empty()) co_await tx.query(take_travelled_back, std::move(passengers));
}

}  // namespace safargo::users
