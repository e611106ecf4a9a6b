// Metadata of one request: ids for the logs, language and remaining time.
#pragma once

#include "core/caller.hpp"
#include "core/language.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace safargo {

struct RequestContext {
    std::string request_id;  // generated, or taken from a well-formed X-Request-Id
    std::string trace_id;    // 32 hexadecimal digits of the W3C traceparent
    std::string client_ip;   // from X-Forwarded-For only behind a trusted proxy
    std::string limit_key;   // clients with the same key share limits, "ip:2001:db8::/64"; "" if not limited
    std::string user_agent;
    Language language = Language::fr;
    std::chrono::steady_clock::time_point deadline{};
    std::optional<Caller> caller;
};

}  // namespace safargo
