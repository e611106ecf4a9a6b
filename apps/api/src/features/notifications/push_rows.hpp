// The browsers that show a person messages.
#pragma once

#include "db/transaction.hpp"

#include <optional>
#include <string>
#include <vector>

namespace safargo::notifications {

struct Browser {
    PushSubscriptionId id;
    std::string endpoint;  // at its push service: whoever knows it may write there
    std::string key;       // 65 bytes
    std::string secret;    // 16 bytes
};

class PushRows {
public:
    // Those that subscribed in a session which has not ended.
    Task<std::vector<Browser>> of(db::Session& session, UserId person);
    Task<bool> any_of(db::Session& session, UserId person);

    // A browser that subscribes again, as anybody, keeps its row. Nullopt: the person has left.
    Task<std::optional<PushSubscriptionId>> put(db::Session& session, UserId person, SessionId session_id,
                                                Browser browser, Instant now);
    Task<std::int64_t> count(db::Session& session, UserId person);
    Task<bool> remove(db::Session& session, UserId person, PushSubscriptionId id);
    Task<void> remove_endpoint(db::Session& session, std::string endpoint);
};

}  // namespace safargo::notifications
