#include "features/payments/payment_postings.hpp"

namespace safargo::payments {

ledger::Posting posting(const Payment& payment, ledger::Kind kind, std::string_view event, const ledger::Parts& parts) {
    return {.kind = kind,
            .event_key = std::string(event) + ':' + payment.id.str(),
            .booking = payment.booking,
            .payment = payment.id,
            .driver = payment.driver,
            .parts = parts};
}

ledger::Parts agreed_parts(const Payment& payment) {
    return {.to_driver = payment.price - payment.price_back,
            .to_platform = payment.service_fee - payment.fee_back,
            .to_passenger = {}};
}

}  // namespace safargo::payments
