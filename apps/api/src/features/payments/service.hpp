// Payments as the passenger sees them: intent -> hold -> captured, refunded, failed, cancelled (PRODUCT section 6).
// Bookings call `Payments` from inside their transaction, with the booking's row locked; what must reach the provider
// leaves through the outbox after the commit, in order per payment. What becomes of the money, bookings hear through
// PaymentListener (events.hpp).
#pragma once

#include "core/result.hpp"
#include "core/task.hpp"
#include "db/transaction.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <string>
#include <vector>

namespace safargo::payments {

enum class Method { cash, card, edahabia, cib, sandbox };
BOOST_DESCRIBE_ENUM(Method, cash, card, edahabia, cib, sandbox)

enum class PaymentStatus { intent, hold, captured, refunded, failed, cancelled };
BOOST_DESCRIBE_ENUM(PaymentStatus, intent, hold, captured, refunded, failed, cancelled)

// `amount` is what was agreed and stays. Of it, until the money has moved: `due_back` returns to the passenger for
// seats given back, `driver_share` goes to the driver for those given back late. Afterwards both stand in captured and
// refunded.
struct PaymentView {
    PaymentId id;
    Method method;
    PaymentStatus status;
    Dinars amount, captured, refunded;
    std::optional<std::string> checkout_url;
    Dinars due_back{}, driver_share{};
};
BOOST_DESCRIBE_STRUCT(PaymentView, (),
                      (id, method, status, amount, captured, refunded, checkout_url, due_back, driver_share))

// 5 % of the price, half up, for online methods; 0 for cash.
Dinars service_fee(Method method, Dinars price);

// Money of one booking, for the seats that it has now.
struct Charge {
    BookingId booking;
    UserId passenger, driver;
    Method method;
    Dinars price, service_fee;
    Dinars total() const { return price + service_fee; }
};

// Who gets what when a held booking ends before or after the ride: parts sum to the total.
struct Split {
    Dinars to_passenger, to_driver, to_platform;
};

// What an admin decided of money that two people dispute, or that was captured.
struct Decision {
    Dinars refund;  // to the passenger
    UserId by;
    std::string reason;
};

// Where the price and the fee of seats given back go: what is not back is the driver's, and the platform's.
struct SeatsBack {
    Dinars price_back, fee_back, driver_share;
};

class Payments {
public:
    virtual ~Payments() = default;

    // feature_unavailable when no provider serves the method here (production without keys; card, edahabia, cib today).
    virtual Result<Nothing> accepts(Method method) const = 0;

    // The intent, with the booking. From here on the payment knows its amount.
    virtual Task<PaymentView> open(db::Transaction& tx, const Charge& charge, Instant now) = 0;
    // With the move to awaiting_payment: leaves an outbox row that holds the money of an open intent if nobody does
    // sooner.
    virtual Task<void> hold_later(db::Transaction& tx, BookingId booking, Instant now) = 0;
    // Asks the provider to hold the money of an open intent, and tells the booking (PaymentListener). Outside a
    // transaction. Throws DependencyUnavailable when the outcome is unknown: asking again is safe.
    virtual Task<void> hold_now(BookingId booking) = 0;
    virtual Task<std::optional<PaymentView>> find(db::Session& session, BookingId booking) = 0;
    virtual Task<std::vector<std::pair<BookingId, PaymentView>>> find_all(db::Session& session,
                                                                          std::vector<BookingId> bookings) = 0;

    // Inside the booking's transaction, each once per payment (a repetition changes nothing):

    // The booking was called off: an open intent is cancelled, held money is shared out by `split` (to the passenger
    // only: released; otherwise one partial capture). A passenger who did not come pays as after a ride: capture_later.
    // `split` shares out the charge as it is now; what seats given back have left is added here.
    virtual Task<void> end(db::Transaction& tx, const Charge& charge, Split split, Instant now) = 0;
    // The ride did not take place after all, though its booking was completed: the passenger gets everything that is
    // left, whether the money was captured by then or not. Cash that was recorded never was with us.
    virtual Task<void> give_all_back(db::Transaction& tx, BookingId booking, Instant now) = 0;
    // Writes down what seats given back return, on top of earlier ones; `charge` is the one of the seats that stay. The
    // amount and the hold stay, and the one capture or the end carries it out. May happen several times.
    virtual Task<void> give_back_seats(db::Transaction& tx, const Charge& charge, SeatsBack back) = 0;
    // Cash changed hands when the trip completed: intent -> captured.
    virtual Task<void> record_cash(db::Transaction& tx, BookingId booking, Instant now) = 0;
    // Gives back what was decided and leaves the rest to driver and platform, each their part: held money is shared out
    // by one capture, captured money is refunded. validation_failed naming `refund` for more than there is; cash never
    // was with us, so that nothing of it can be given back.
    virtual Task<Result<Nothing>> decide(db::Transaction& tx, BookingId booking, Decision decision, Instant now) = 0;
    // Leaves the capture of held money to the outbox, not before `when`; PaymentListener::captured follows.
    virtual Task<void> capture_later(db::Transaction& tx, BookingId booking, Instant now, Instant when) = 0;
};

}  // namespace safargo::payments
