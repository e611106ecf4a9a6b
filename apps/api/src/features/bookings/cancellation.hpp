// How the money is split when a booking ends without a ride (PRODUCT section 5). Pure; parts always sum to the total.
#pragma once

#include "features/bookings/types.hpp"

#include <chrono>
#include <optional>

namespace safargo::bookings {

// A dated row of cancellation_policies. The one in force when the booking was made applies: the passenger agreed to it.
struct CancellationPolicy {
    std::chrono::hours free_until{24};              // before the pickup
    std::int64_t late_refund_basis_points = 5'000;  // of the price, rounded down
    // After the confirmation; none once the trip has started.
    std::optional<std::chrono::minutes> grace = std::chrono::minutes{30};
};

payments::Split everything_back(const Booking& booking);

// When the passenger cancels, which they may until the pickup. A booking that was never confirmed, or only just, is
// refunded with its fee.
payments::Split passenger_cancels(const Booking& booking, const CancellationPolicy& policy, Instant now);

// A confirmed seat given up when it is hard to fill: counts in the reliability of the passenger who cancels.
bool is_late(const Booking& booking, const CancellationPolicy& policy, Instant now);

// The same for the driver. The grace period after the confirmation is for the passenger who has just booked: one whose
// driver cancels the day before has no more time to find another ride because they booked a minute ago.
bool is_late_for_driver(const Booking& booking, const CancellationPolicy& policy, Instant now);

}  // namespace safargo::bookings
