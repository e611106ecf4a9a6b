// Ids that are the same in every run and on every machine: version 7 by layout, with a digest in place of random bits.
#pragma once

#include "core/ids.hpp"

#include <string_view>

namespace safargo::seed {

Uuid stable_uuid(Instant made_at, std::string_view key);

template <class I>
I stable_id(Instant made_at, std::string_view key) {
    return {stable_uuid(made_at, key)};
}

// A time before any run, for rows older than the run.
inline constexpr Instant long_ago{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};

}  // namespace safargo::seed
