// Rows of `payments` and `payment_refunds`. SQL only.
#pragma once

#include "features/payments/service.hpp"

#include <optional>
#include <string>
#include <vector>

namespace safargo::payments {

struct Payment {
    PaymentId id;
    BookingId booking;
    UserId passenger, driver;
    Method method = Method::cash;
    PaymentStatus status = PaymentStatus::intent;
    Dinars price, service_fee;
    Dinars amount, captured, refunded;
    int attempt = 1;         // of the hold: after a decline the passenger tries again
    bool capturing = false;  // the provider may have captured everything
    std::optional<std::string> checkout_url;
    Dinars price_back{}, fee_back{}, driver_share{};  // for seats given back; for the whole payment once it is split
    Instant created_at{};

    // What the provider was asked and answered (attempts.hpp).
    int asked_attempt = 0;                   // the last one that it was asked to open
    std::optional<int> reference_attempt{};  // the one that provider_reference names
    std::optional<std::string> provider_reference{}, checkout_qr{}, return_url{};
    std::optional<Instant> checkout_expires_at{}, capture_before{};  // held money lapses at the latter

    // The part that the single capture leaves to the passenger.
    Dinars due_back() const { return price_back + fee_back; }
    bool online() const { return method != Method::cash; }
};

PaymentView view(const Payment& payment);

// Returns the booking's row: the new one, or the existing one.
Task<Payment> insert(db::Transaction& tx, Charge charge, Instant now);

Task<std::optional<Payment>> find_payment(db::Session& session, BookingId booking);
// Every booking has a payment: std::logic_error if not.
Task<Payment> find_existing(db::Session& session, BookingId booking);
Task<std::vector<Payment>> find_payments(db::Session& session, std::vector<BookingId> bookings);
Task<std::optional<BookingId>> find_booking(db::Session& session, PaymentId payment);

// The same, locked until the transaction ends.
Task<Payment> lock_payment(db::Transaction& tx, BookingId booking);

// Writes what may change: status, captured, refunded, attempt, capturing, and the parts that go back.
Task<void> store(db::Transaction& tx, Payment payment);

struct Refund {
    Uuid id;
    PaymentId payment;
    Dinars amount;
    std::string reason;
    UserId decided_by;
};
Task<void> insert_refund(db::Transaction& tx, Refund refund, Instant now);

}  // namespace safargo::payments
