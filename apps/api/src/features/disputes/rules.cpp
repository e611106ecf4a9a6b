#include "features/disputes/rules.hpp"

namespace safargo::disputes {
namespace {

std::optional<Error> closed_unless(bool in_time) {
    if (in_time) return std::nullopt;
    return Error{Code::dispute_closed};
}

}  // namespace

std::optional<Error> refusal(const bookings::Booking& booking, const std::optional<bookings::NoShow>& no_show, Side by,
                             std::chrono::seconds dispute_window, Instant now) {
    switch (booking.status) {
        case BookingStatus::no_show_passenger:
        case BookingStatus::no_show_driver: {
            const Side accused = booking.status == BookingStatus::no_show_passenger ? Side::passenger : Side::driver;
            if (by != accused) return Error{Code::forbidden};
            return closed_unless(no_show && no_show->may_be_contested(now));
        }
        case BookingStatus::completed:
        case BookingStatus::settled:
            return closed_unless(booking.completed_at && now < *booking.completed_at + dispute_window);
        default:
            return Error{Code::illegal_transition};
    }
}

std::optional<UserId> found_missing(const bookings::Booking& booking, BookingStatus disputed_status,
                                    const payments::PaymentView& decided, Dinars refund) {
    using enum payments::PaymentStatus;
    const bool moved = decided.status == captured || decided.status == refunded;
    const Dinars whole = booking.charge().total();
    if (decided.method == payments::Method::cash || whole == Dinars{0} || !moved) return std::nullopt;
    if (disputed_status == BookingStatus::no_show_passenger && refund == Dinars{0}) return booking.passenger;
    if (disputed_status == BookingStatus::no_show_driver && refund >= whole) return booking.driver;
    return std::nullopt;
}

}  // namespace safargo::disputes
