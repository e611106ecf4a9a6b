// What the two people of a dispute learn of it, in order per booking, after the commit (outbox kind "dispute.changed").
#pragma once

#include "db/event_kind.hpp"
#include "features/disputes/types.hpp"

namespace safargo::disputes {

inline const db::EventKind dispute_changed{"dispute.changed"};

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
