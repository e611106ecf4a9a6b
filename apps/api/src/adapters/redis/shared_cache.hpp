// The cache that all replicas share. An older version never replaces a newer one, whatever order writes arrive in.
#pragma once

#include "adapters/redis/guard.hpp"
#include "ports/cache.hpp"

namespace safargo::redis {

class SharedCache final : public Cache {
public:
    static constexpr std::chrono::milliseconds patience{50};
    static constexpr std::size_t largest = std::size_t{512} * 1024;  // bytes of a value; larger ones are not kept

    explicit SharedCache(Guard& guard) : guard_(guard) {}  // which must outlive it

    Task<std::optional<CachedValue>> find(std::string_view key) override;
    Task<void> store(std::string_view key, CachedValue value, std::chrono::seconds kept) override;

private:
    Guard& guard_;
    Use finding_{"cache_find"};
    Use storing_{"cache_store"};
};

}  // namespace safargo::redis
