// How this process reaches Redis.
#pragma once

#include "adapters/redis/client.hpp"
#include "config/config.hpp"

namespace safargo::app {

inline redis::ClientOptions redis_options(const Config& config) {
    redis::ClientOptions options;
    options.url = config.redis_url;
    options.ca_file = config.ca_file;
    return options;
}

}  // namespace safargo::app
