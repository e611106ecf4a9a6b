// Who may dispute what until when, and whose profile counts a no-show that was disputed. Pure.
#pragma once

#include "core/result.hpp"
#include "features/disputes/types.hpp"

#include <chrono>
#include <optional>

namespace safargo::disputes {

// How long the other side is waited for; an answer that comes later is read as long as nothing is decided.
inline constexpr std::chrono::hours answer_time{48};

// Of a booking that has no dispute yet. A no-show: by the accused alone (forbidden), as long as it may be contested; a
// ride: by either, `dispute_window` from its completion (dispute_closed). Nothing else (illegal_transition).
std::optional<Error> refusal(const bookings::Booking& booking, const std::optional<bookings::NoShow>& no_show, Side by,
                             std::chrono::seconds dispute_window, Instant now);

// Who did not come after all, as the decision says: a passenger who gets nothing back, a driver whose passenger gets
// back what the seats cost that they had at the end. Nobody where the money cannot tell (cash, free seats), or is
// shared: what was contested does not count.
std::optional<UserId> found_missing(const bookings::Booking& booking, BookingStatus disputed_status,
                                    const payments::PaymentView& decided, Dinars refund);

}  // namespace safargo::disputes
