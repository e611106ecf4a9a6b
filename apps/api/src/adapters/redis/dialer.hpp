// Opens connections: looks the host up, connects, checks the certificate, signs in.
#pragma once

#include "adapters/redis/address.hpp"
#include "adapters/redis/bell.hpp"
#include "adapters/redis/client.hpp"
#include "adapters/redis/link.hpp"
#include "adapters/redis/settings.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace safargo::redis {

using Endpoints = std::vector<boost::asio::ip::tcp::endpoint>;
// Throws boost::system::system_error. The system's resolver, unless a test brings its own.
using Lookup = std::function<Task<Endpoints>(Address address)>;

class Dialer {
public:
    // Throws std::invalid_argument for a URL or certificates that cannot be read.
    Dialer(boost::asio::any_io_executor executor, const ClientOptions& options, Lookup lookup = {});

    using Opened = std::expected<std::shared_ptr<Link>, std::string>;  // or why not, without any secret

    // Names are looked up each time, since the addresses behind them change; each of the addresses has its share of
    // the time. Ends after connect_timeout at the latest.
    static Task<Opened> open(std::shared_ptr<Dialer> self, Address address);

    const std::vector<Address>& seeds() const { return settings_.seeds; }

private:
    struct Answer;
    using Found = std::expected<Endpoints, std::string>;

    static Task<Found> find(std::shared_ptr<Dialer> self, Address address, Deadline deadline);
    static Task<void> look_up(std::shared_ptr<Dialer> self, Address address, std::shared_ptr<Answer> answer);
    static Task<Opened> try_one(std::shared_ptr<Dialer> self, boost::asio::ip::tcp::endpoint endpoint, Address address,
                                Deadline deadline);
    static Task<void> sign_in(std::shared_ptr<Dialer> self, std::shared_ptr<Link> link);

    boost::asio::any_io_executor executor_;
    Settings settings_;
    std::shared_ptr<TlsContext> tls_;  // null for plain TCP
    std::chrono::milliseconds timeout_;
    Lookup lookup_;
    // In progress. The system's resolver cannot be interrupted: who waited too long leaves, and the next one joins.
    std::map<Address, std::shared_ptr<Answer>> lookups_;
};

}  // namespace safargo::redis
