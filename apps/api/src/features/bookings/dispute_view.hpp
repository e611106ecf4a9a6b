// The dispute of a booking as its two people see it beside the booking; features/disputes writes the rows.
#pragma once

#include "features/bookings/types.hpp"

#include <optional>
#include <string>

namespace safargo::bookings {

enum class DisputeReason {
    no_show,
    left_behind,
    unreachable,
    pickup_not_agreed,
    late_arrival,
    unsafe_driving,
    uncomfortable_vehicle,
    route_change,
    payment_issue,
    inappropriate_behavior,
    other,
};
BOOST_DESCRIBE_ENUM(DisputeReason, no_show, left_behind, unreachable, pickup_not_agreed, late_arrival, unsafe_driving,
                    uncomfortable_vehicle, route_change, payment_issue, inappropriate_behavior, other)

enum class DisputeStatus {
    open,       // only its opener has written, and no moderator has read it
    in_review,  // the other side has answered, or a moderator has read it
    resolved,   // decided by an admin
    closed,     // ended without a decision: the trip was cancelled, and everything was refunded
};
BOOST_DESCRIBE_ENUM(DisputeStatus, open, in_review, resolved, closed)

struct DisputeView {
    DisputeId id;
    DisputeStatus status;
    DisputeReason reason;
    Side opened_by;
    std::optional<std::string> answer;  // of the other side
    Instant due_at;                     // the deadline for the answer
    std::optional<Dinars> refund;       // once resolved: what goes back to the passenger
};
BOOST_DESCRIBE_STRUCT(DisputeView, (), (id, status, reason, opened_by, answer, due_at, refund))

}  // namespace safargo::bookings
