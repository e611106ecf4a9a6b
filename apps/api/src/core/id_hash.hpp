// Hash of ids for large tables. Ids are random (UUID version 7), so folding their halves is enough; the table must mix
// the bits itself, as Boost's flat tables do.
#pragma once

#include "core/ids.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace safargo {

struct IdHash {
    template <class Tag>
    std::size_t operator()(const Id<Tag>& id) const {
        std::uint64_t halves[2];
        static_assert(sizeof id.value.bytes == sizeof halves);
        std::memcpy(halves, id.value.bytes.data(), sizeof halves);
        return halves[0] * 0x9E3779B97F4A7C15u ^ halves[1];
    }
};

}  // namespace safargo
