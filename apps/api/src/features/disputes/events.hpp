// The events of a dispute for its two people, in order per booking, after the commit (outbox kind "dispute.changed").
#pragma once

#include "db/event_kind.hpp"
#include "features/disputes/types.hpp"

namespace safargo::disputes {

inline const db::EventKind dispute_changed{"dispute.changed"};

enum class DisputeNews {
    opened,    // the other side is told the deadline for the answer
    answered,  // the opener is told
    resolved,  // both are told the refund
};
BOOST_DESCRIBE_ENUM(DisputeNews, opened, answered, resolved)

// The payload.
struct DisputeChanged {
    DisputeId dispute_id;
    DisputeNews what;
};
BOOST_DESCRIBE_STRUCT(DisputeChanged, (), (dispute_id, what))

}  // namespace safargo::disputes
