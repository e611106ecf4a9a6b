// POST /payments/bookings/{id}/intent|confirm|capture|refund.
#pragma once

#include "api/endpoints.hpp"
#include "features/payments/payment_actions.hpp"

namespace safargo::payments {

void add_routes(api::Endpoints& endpoints, PaymentActions& actions);

}  // namespace safargo::payments
