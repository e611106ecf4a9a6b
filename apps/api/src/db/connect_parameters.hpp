// Turns a URL into libpq's connection parameters, with the host name already resolved.
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

// The URL's parameters plus our session settings and time limits. Throws std::invalid_argument (without the URL).
ConnectParameters connect_parameters(const ConnectSettings& settings);

// libpq resolves names synchronously, so a single host name is replaced by its addresses in `hostaddr` (`host` stays,
// for TLS and passwords). Sockets, addresses and lists of hosts are unchanged. Throws DependencyUnavailable at the
// deadline or for an unknown name.
Task<ConnectParameters> with_addresses(boost::asio::any_io_executor executor, ConnectParameters parameters,
                                       std::chrono::steady_clock::time_point deadline);

}  // namespace safargo::db
