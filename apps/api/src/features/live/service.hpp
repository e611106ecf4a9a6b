// The door for features that have news for people.
#pragma once

#include "db/transaction.hpp"
#include "features/live/types.hpp"

#include <vector>

namespace safargo::live {

class Bells;

class Announcer {
public:
    Announcer() = default;  // wakes nobody: streams find the events when they next look
    explicit Announcer(Bells& bells) : bells_(&bells) {}

    // In the transaction of the cause, and in the same round trip as what follows: whoever receives the event reads at
    // least what this transaction wrote. `people` are exactly those whom it concerns; their streams are woken after the
    // commit.
    void tell(db::Transaction& tx, const News& news, std::vector<UserId> people, Instant now) const;

private:
    Bells* bells_ = nullptr;
};

}  // namespace safargo::live
