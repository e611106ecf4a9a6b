// POST /payments/bookings/{id}/intent|confirm|capture|refund and /payments/webhook/stripe.
#pragma once

#include "api/endpoints.hpp"
#include "features/payments/notices.hpp"
#include "features/payments/payment_actions.hpp"

namespace safargo::payments {

void add_routes(api::Endpoints& endpoints, PaymentActions& actions);
void add_webhook_routes(api::Endpoints& endpoints, Notices& notices);

}  // namespace safargo::payments
