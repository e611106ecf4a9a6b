// Disputes as moderators see them.
#pragma once

#include "features/disputes/types.hpp"

#include <vector>

namespace safargo::disputes {

struct DisputeCard {
    DisputeId id;
    BookingId booking_id;
    DisputeStatus status;
    DisputeReason reason;
    BookingStatus disputed_status;  // what is disputed: a ride or a no-show
    Side opened_by;
    bool answered;
    Instant due_at, created_at;
};
BOOST_DESCRIBE_STRUCT(DisputeCard, (),
                      (id, booking_id, status, reason, disputed_status, opened_by, answered, due_at, created_at))

struct DisputePage {
    std::vector<DisputeCard> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(DisputePage, (), (items, next_cursor))

// All that is needed to decide: the statements of both sides, the two people and the money (in the booking), and the
// proof of boarding.
struct DisputeFile {
    DisputeId id;
    DisputeStatus status;
    DisputeReason reason;
    BookingStatus disputed_status;
    Side opened_by;
    std::optional<std::string> text, answer;
    std::optional<Instant> answered_at;
    Instant due_at, created_at;
    std::optional<Instant> boarded_at, completed_at;
    std::optional<Dinars> refund;
    std::optional<std::string> note;
    std::optional<UserId> resolved_by;
    std::optional<Instant> resolved_at;
    bookings::BookingView booking;
};
BOOST_DESCRIBE_STRUCT(DisputeFile, (),
                      (id, status, reason, disputed_status, opened_by, text, answer, answered_at, due_at, created_at,
                       boarded_at, completed_at, refund, note, resolved_by, resolved_at, booking))

}  // namespace safargo::disputes
