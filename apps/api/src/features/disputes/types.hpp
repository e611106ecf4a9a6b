// The request bodies of disputes (PRODUCT sections 5 and 7), and the row. The responses are in views.hpp; what both
// sides see beside the booking, in bookings/dispute_view.hpp.
#pragma once

#include "features/bookings/service.hpp"

#include <optional>
#include <string>

namespace safargo::disputes {

using bookings::BookingStatus;
using bookings::DisputeReason;
using bookings::DisputeStatus;
using bookings::Side;

// POST /bookings/{id}/dispute
struct OpenDispute {
    DisputeReason reason;
    Text<2000> text;
};
BOOST_DESCRIBE_STRUCT(OpenDispute, (), (reason, text))

// POST /bookings/{id}/dispute/answer
struct AnswerDispute {
    Text<2000> text;
};
BOOST_DESCRIBE_STRUCT(AnswerDispute, (), (text))

// POST /admin/disputes/{id}/resolve
struct ResolveDispute {
    Bounded<0, 100'000'000> refund;  // dinars, to the passenger; driver and platform keep the rest
    Text<2000> note;                 // the reason; not shown to the two people
};
BOOST_DESCRIBE_STRUCT(ResolveDispute, (), (refund, note))

// GET /admin/disputes, newest first
struct ListDisputes {
    std::optional<DisputeStatus> status;
    std::optional<Bounded<1, 100>> limit;
    std::optional<Text<300>> cursor;
};
BOOST_DESCRIBE_STRUCT(ListDisputes, (), (status, limit, cursor))

// The row. Guarded by the lock of its booking.
struct Dispute {
    DisputeId id{};
    BookingId booking{};
    UserId opened_by{};
    Side side = Side::passenger;                               // the opener's side
    BookingStatus disputed_status = BookingStatus::completed;  // the booking's state when the dispute was opened
    DisputeReason reason = DisputeReason::other;
    DisputeStatus status = DisputeStatus::open;
    std::optional<std::string> text{}, answer{};  // none once their writer has left
    std::optional<Instant> answered_at{};
    Instant due_at{};
    std::optional<Dinars> refund{};
    std::optional<std::string> note{};
    std::optional<UserId> resolved_by{};
    std::optional<Instant> resolved_at{};
    Instant created_at{};

    bool is_over() const { return status == DisputeStatus::resolved || status == DisputeStatus::closed; }
};

}  // namespace safargo::disputes

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::disputes::ResolveDispute> =
    R"({"refund":750,"note":"Le trajet s'est arrêté avant l'arrivée."})";
