// The rules of payments, as bookings see them. Ledger first, in the caller's transaction; the provider is called
// through the outbox.
#pragma once

#include "features/payments/provider_tasks.hpp"
#include "features/payments/repository.hpp"

#include <utility>
#include <vector>

namespace safargo::payments {

class PaymentService final : public Payments {
public:
    PaymentService(Providers providers, ProviderTasks& tasks);

    Result<Nothing> accepts(Method method) const override;
    Task<PaymentView> open(db::Transaction& tx, const Charge& charge, Instant now) override;
    Task<void> hold_later(db::Transaction& tx, BookingId booking, Instant now) override;
    Task<void> hold_now(BookingId booking) override;
    Task<std::optional<PaymentView>> find(db::Session& session, BookingId booking) override;
    Task<std::vector<std::pair<BookingId, PaymentView>>> find_all(db::Session& session,
                                                                  std::vector<BookingId> bookings) override;

    Task<void> end(db::Transaction& tx, const Charge& charge, Split split, Instant now) override;
    Task<void> give_all_back(db::Transaction& tx, BookingId booking, Instant now) override;
    Task<void> give_back_seats(db::Transaction& tx, const Charge& charge, SeatsBack back) override;
    Task<void> record_cash(db::Transaction& tx, BookingId booking, Instant now) override;
    Task<Result<Nothing>> decide(db::Transaction& tx, BookingId booking, Decision decision, Instant now) override;
    Task<void> capture_later(db::Transaction& tx, BookingId booking, Instant now, Instant when) override;

private:
    Task<void> refund_rest(db::Transaction& tx, Payment payment, Instant now);
    Task<void> share_out(db::Transaction& tx, Payment payment, Split split, Instant now);

    Providers providers_;
    ProviderTasks& tasks_;
};

}  // namespace safargo::payments
