// Outbound HTTP(S) to vendors and stores; libcurl appears nowhere else. One client per thread, connections are reused.
#pragma once

#include "core/task.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace safargo::net {

using Headers = std::vector<std::pair<std::string, std::string>>;
using Deadline = std::chrono::steady_clock::time_point;

struct Request {
    // The labels of metrics and logs, which never contain URLs, headers or bodies: "s3", "put_object".
    std::string vendor;
    std::string operation;

    std::string method = "GET";
    std::string url;  // absolute, already encoded
    Headers headers{};
    std::string body{};
    // Sending it twice has the effect of sending it once. Only such a request is repeated after a failure that leaves
    // the outcome unknown.
    bool repeatable = false;
    std::size_t max_answer = std::size_t{1} << 20;  // bytes of body after decoding
    Deadline deadline = Deadline::max();            // shortened to the client's patience
    // Others chose the host: addresses of this machine and of private networks are unreachable
    // (net/public_address.hpp).
    bool public_only = false;
    std::string request_id{};  // of the request that this one serves, for the log
};

struct Response {
    int status = 0;  // any final status: 4xx and 5xx are answers, to be judged by the caller
    Headers headers{};
    std::string body{};

    std::string_view header(std::string_view name) const;  // case-insensitive; "" if absent
};

struct ClientOptions {
    std::chrono::milliseconds connect_timeout{2'000};
    std::chrono::milliseconds patience{5'000};  // for one request with its repetitions
    unsigned attempts = 3;                      // of repeatable requests, with jitter between them
    std::size_t connections_per_host = 16;
    std::chrono::milliseconds longest_pause{30'000};  // of a host whose circuit is open
    std::string ca_file{};  // PEM of certification authorities trusted in addition to the system's; "" for none
};

class Client {
public:
    // Throws std::invalid_argument if there is no certificate to be read in ca_file.
    Client(boost::asio::any_io_executor executor, ClientOptions options);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    // Redirects are answers and not followed. The body is decoded (gzip); Content-Encoding and Content-Length remain
    // those of the wire. Throws DependencyUnavailable (unreachable, refused certificate, broken or too large answer,
    // too many requests wait for the host, or its circuit is open), DeadlineExceeded, or std::invalid_argument for what
    // must not be sent (net/request_check.hpp). Cancelling the caller stops the request at once.
    Task<Response> send(Request request);

private:
    class Engine;
    class Sending;
    std::shared_ptr<Engine> engine_;
};

}  // namespace safargo::net
