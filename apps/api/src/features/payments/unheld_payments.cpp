#include "features/payments/unheld_payments.hpp"

#include "features/payments/provider_task_rows.hpp"
#include "features/payments/states.hpp"

namespace safargo::payments {

Task<void> end_unheld(db::Transaction& tx, Payment payment, Instant now) {
    if (const auto status = after(payment.status, PaymentEvent::cancel)) {
        payment.status = *status;
        co_await store(tx, payment);
        // A call to the provider may be in progress: check later whether money arrived nevertheless.
        if (payment.online()) enqueue_hold(tx, payment, now, now + late_hold_delay);
    } else if (payment.status == PaymentStatus::cancelled && payment.online()) {
        // Money that arrived after the end and is not needed: it never was in the books.
        enqueue_release(tx, payment, now);
    }
}

}  // namespace safargo::payments
