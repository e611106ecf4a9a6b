// What payments put in the outbox for after the commit. Tasks due now share one ordering key per payment; delayed tasks
// (the safety net of a hold, a capture after the settlement delay) have their own ordering key, so that they never
// block what is due.
#pragma once

#include "core/text.hpp"
#include "db/outbox.hpp"
#include "features/payments/repository.hpp"
#include "ports/payment_provider.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace safargo::payments {

inline const db::EventKind hold_task{"payment.hold", db::Listeners::one};        // see to an intent that is left alone
inline const db::EventKind look_task{"payment.look", db::Listeners::one};        // the provider says that it has news
inline const db::EventKind capture_task{"payment.capture", db::Listeners::one};  // the ride is over: take everything
// Already in the ledger.
inline const db::EventKind capture_part_task{"payment.capture_part", db::Listeners::one};
inline const db::EventKind release_task{"payment.release", db::Listeners::one};
inline const db::EventKind refund_task{"payment.refund", db::Listeners::one};

// An authorisation started by a request or a job ends within its deadline; only after that is none still running.
inline constexpr std::chrono::seconds hold_net_delay{5};
inline constexpr std::chrono::seconds late_hold_delay{30};
inline constexpr std::chrono::seconds look_again_delay{30};  // while the passenger is with the provider
inline constexpr std::chrono::hours frozen_delay{1};

struct ProviderTask {
    BookingId booking;
    std::optional<std::int64_t> amount;  // dinars
    std::optional<Text<200>> key;        // the provider's idempotency key of a refund
};
BOOST_DESCRIBE_STRUCT(ProviderTask, (), (booking, amount, key))

ProviderTask read_task(const db::OutboxMessage& message);  // throws std::runtime_error for an invalid payload

void enqueue_hold(db::Transaction& tx, const Payment& payment, Instant now, Instant when);
void enqueue_look(db::Transaction& tx, PaymentId payment, BookingId booking, Instant now);
void enqueue_capture(db::Transaction& tx, const Payment& payment, Instant now, Instant when);
void enqueue_capture_part(db::Transaction& tx, const Payment& payment, Dinars amount, Instant now);
void enqueue_release(db::Transaction& tx, const Payment& payment, Instant now);
void enqueue_refund(db::Transaction& tx, const Payment& payment, Dinars amount, const std::string& key, Instant now);

// Our keys at the provider. One payment is captured once, whole or in part; the rest is what was taken at once and is
// not due.
std::string open_key(const AttemptName& name);
std::string hold_key(const AttemptName& name);
std::string release_key(const AttemptName& name);
std::string capture_key(const Payment& payment);
std::string rest_key(const Payment& payment);

}  // namespace safargo::payments
