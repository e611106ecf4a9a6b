// Counters of people's profiles, updated in the transaction of the counted event. Included through service.hpp. Code
// that counts for several people in one transaction locks them all first, so that two people who drive each other
// cannot deadlock.
#pragma once

#include "db/transaction.hpp"

#include <chrono>
#include <vector>

namespace safargo::users {

// In the order of their ids; held until the transaction ends.
Task<void> lock_people(db::Transaction& tx, std::vector<UserId> people);

Task<void> count_driven(db::Transaction& tx, UserId driver);
Task<void> count_ignored_request(db::Transaction& tx, UserId driver);
// A request that the driver accepted or declined, with the time it took.
Task<void> count_answer(db::Transaction& tx, UserId driver, std::chrono::microseconds took);
Task<void> count_late_cancellation(db::Transaction& tx, UserId who);
Task<void> count_travelled(db::Transaction& tx, std::vector<UserId> passengers);
Task<void> count_not_travelled(db::Transaction& tx, std::vector<UserId> passengers);  // reverses it

}  // namespace safargo::users
