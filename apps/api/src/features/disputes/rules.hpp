// Who may dispute what and until when, and against whom a disputed no-show counts. Pure.
#pragma once

#include "core/result.hpp"
#include "features/disputes/types.hpp"

#include <chrono>
#include <optional>

namespace safargo::disputes {

// The time for the other side to answer; a later answer is accepted until the dispute is decided.
inline constexpr std::chrono::hours answer_time{48};

// Whether a dispute may be opened on a booking without one. A no-show: by the accused only (else forbidden), while it
// may be contested; a ride: by either side, for `dispute_window` after its completion (else dispute_closed). Anything
// else: illegal_transition.
std::optional<Error> refusal(const bookings::Booking& booking, const std::optional<bookings::NoShow>& no_show, Side by,
                             std::chrono::seconds dispute_window, Instant now);

// Who did not come, according to the decision: the passenger if nothing is refunded, the driver if the full cost of the
// final seats is refunded. No one if the money does not tell (cash, free seats) or is shared: a contested no-show then
// does not count.
std::optional<UserId> found_missing(const bookings::Booking& booking, BookingStatus disputed_status,
                                    const payments::PaymentView& decided, Dinars refund);

}  // namespace safargo::disputes
