// One request and its outcome, from the header to the access log.
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
    std::optional<Method> method;  // nullopt: not parsed yet, or unknown
    Match match;
    std::optional<RateDecision> rate;  // if the request was counted
    boost::asio::ip::address client;
    bool http_1_0 = false;
    bool close = false;  // the connection ends with this response
    std::chrono::steady_clock::time_point began{};
};

}  // namespace safargo::http
