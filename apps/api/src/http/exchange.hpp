// One request and what becomes of it, from its header to its line in the log.
#pragma once

#include "http/message.hpp"
#include "http/router.hpp"
#include "ports/rate_limiter.hpp"

#include <boost/asio/ip/address.hpp>

#include <chrono>
#include <optional>

namespace safargo::http {

struct Exchange {
    Request request;
    std::optional<Method> method;  // nullopt: not read, or one we do not know
    Match match;
    std::optional<RateDecision> rate;  // when the request was counted
    boost::asio::ip::address client;
    bool http_1_0 = false;
    bool close = false;  // the connection ends with this answer
    std::chrono::steady_clock::time_point began{};
};

}  // namespace safargo::http
