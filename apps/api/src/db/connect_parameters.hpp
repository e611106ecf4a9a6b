// From a URL to what libpq is told, with the host name already looked up.
#pragma once

#include "core/task.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace safargo::db {

struct ConnectSettings {
    std::string url;
    std::string application_name;
    std::chrono::milliseconds connect_timeout{2'000};
    std::chrono::milliseconds statement_timeout{5'000};
};

using ConnectParameters = std::vector<std::pair<std::string, std::string>>;

// The URL's own words, our session settings and time limits. Throws std::invalid_argument (without the URL).
ConnectParameters connect_parameters(const ConnectSettings& settings);

// libpq looks names up synchronously, so a single host name becomes its addresses in `hostaddr` (with `host` kept for
// TLS and passwords). Sockets, addresses and lists of hosts stay as they are.
// Throws DependencyUnavailable at the deadline or when nobody knows the name.
Task<ConnectParameters> with_addresses(boost::asio::any_io_executor executor, ConnectParameters parameters,
                                       std::chrono::steady_clock::time_point deadline);

}  // namespace safargo::db
