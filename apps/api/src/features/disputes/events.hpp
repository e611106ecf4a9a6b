// What the two people of a dispute learn of it, in order per booking, after the commit (outbox kind "dispute.changed").
#pragma once

#include "features/disputes/types.hpp"

#include <string_view>

namespace safargo::disputes {

inline constexpr std::string_view dispute_changed = "dispute.changed";

enum class DisputeNews {
    opened,    // the other side hears until when to answer
    answered,  // its opener hears of it
    resolved,  // both hear what goes back
};
BOOST_DESCRIBE_ENUM(DisputeNews, opened, answered, resolved)

// The payload.
struct DisputeChanged {
    DisputeId dispute_id;
    DisputeNews what;
};
BOOST_DESCRIBE_STRUCT(DisputeChanged, (), (dispute_id, what))

}  // namespace safargo::disputes
