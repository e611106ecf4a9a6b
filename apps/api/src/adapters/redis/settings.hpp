// What REDIS_URL says.
#pragma once

#include "adapters/redis/address.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace safargo::redis {

struct Settings {
    bool tls = true;
    std::string user{};      // "" for Redis's own default user
    std::string password{};  // secret; "" for none
    // Any nodes of the cluster, or its configuration endpoint: asked again whenever nobody else answers.
    std::vector<Address> seeds{};
};

// "rediss://user:password@host:port,[::1]:port": rediss is TLS, the port is 6379 if left out, user and password are
// percent-encoded and optional. Throws std::invalid_argument, without the URL.
Settings parse_url(std::string_view url);

}  // namespace safargo::redis
