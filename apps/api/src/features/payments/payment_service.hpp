// The rules of payments, as bookings see them. Ledger first, in the caller's transaction; the provider hears of it
// through the outbox.
#pragma once

#include "db/database.hpp"
#include "features/payments/providers.hpp"
#include "features/payments/repository.hpp"

#include <utility>
#include <vector>

namespace safargo::payments {

class PaymentService final : public Payments {
public:
    PaymentService(db::Database& database, Providers providers);

    Result<Nothing> accepts(Method method) const override;
    Task<PaymentView> open(db::Transaction& tx, const Charge& charge, Instant now) override;
    Task<void> hold_later(db::Transaction& tx, const Charge& charge, Instant now) override;
    Task<std::optional<PaymentView>> find(db::Session& session, BookingId booking) override;
    Task<std::vector<std::pair<BookingId, PaymentView>>> find_all(db::Session& session,
                                                                  std::vector<BookingId> bookings) override;

    // Of a payment that is no open intent any more it tells whether its money is held (or taken); a cancelled or
    // failed one may be, when an answer was lost.
    Task<bool> authorize(BookingId booking) override;

    Task<void> record_hold(db::Transaction& tx, const Charge& charge, Instant now) override;
    Task<void> record_decline(db::Transaction& tx, const Charge& charge, Instant now) override;
    Task<void> end(db::Transaction& tx, const Charge& charge, Split split, Instant now) override;
    Task<void> give_all_back(db::Transaction& tx, const Charge& charge, Instant now) override;
    Task<void> give_back_seats(db::Transaction& tx, const Charge& charge, SeatsBack back) override;
    Task<void> record_cash(db::Transaction& tx, const Charge& charge, Instant now) override;
    Task<Result<Nothing>> decide(db::Transaction& tx, const Charge& charge, Decision decision, Instant now) override;
    Task<void> capture_later(db::Transaction& tx, const Charge& charge, Instant now, Instant when) override;

private:
    Task<void> end_unpaid(db::Transaction& tx, Payment payment, Instant now);
    Task<void> refund_rest(db::Transaction& tx, Payment payment, Instant now);
    Task<void> share_out(db::Transaction& tx, Payment payment, Split split, Instant now);

    db::Database& database_;
    Providers providers_;
};

}  // namespace safargo::payments
