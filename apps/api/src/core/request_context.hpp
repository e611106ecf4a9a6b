// What one request carries besides its words: identity for logs, language, and time left.
#pragma once

#include "core/caller.hpp"
#include "core/language.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace safargo {

struct RequestContext {
    std::string request_id;  // made by us or taken from a well-formed X-Request-Id
    std::string trace_id;    // 32 hexadecimal digits of the W3C traceparent
    std::string client_ip;   // from X-Forwarded-For only behind a trusted proxy
    std::string limit_key;   // who shares limits with this client, "ip:2001:db8::/64"; "" when nothing limits it
    std::string user_agent;
    Language language = Language::fr;
    std::chrono::steady_clock::time_point deadline{};
    std::optional<Caller> caller;
};

}  // namespace safargo
