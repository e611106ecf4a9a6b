// People let their browsers show them messages.
#pragma once

#include "core/caller.hpp"
#include "core/clock.hpp"
#include "db/transaction.hpp"
#include "features/notifications/push_rows.hpp"
#include "features/notifications/push_types.hpp"

#include <string>

namespace safargo::notifications {

inline constexpr int most_browsers = 10;  // of a person

class Browsers {
public:
    // `public_key`: ours; "" without web push, which is feature_unavailable then.
    Browsers(const Clock& clock, std::string public_key) : clock_(clock), public_key_(std::move(public_key)) {}

    Task<Result<PushKey>> key(Caller caller);
    // A browser that subscribes again keeps its id; it now belongs to the caller. too_many_browsers beyond
    // most_browsers.
    Task<Result<SubscribedBrowser>> subscribe(db::Transaction& tx, Caller caller, SubscribeBrowser wanted);
    Task<Result<Nothing>> unsubscribe(db::Transaction& tx, Caller caller, PushSubscriptionId id);

private:
    const Clock& clock_;
    std::string public_key_;
    PushRows rows_;
};

}  // namespace safargo::notifications
