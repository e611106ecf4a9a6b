// Payments as the passenger sees them: intent -> hold -> captured, refunded, failed, cancelled (PRODUCT section 6).
// Bookings call `Payments` from inside their transaction, with the booking's row locked; calls to the provider go
// through the outbox after the commit, in order per payment. Bookings learn the outcome through PaymentListener
// (events.hpp).
#pragma once

#include "contract/described.hpp"
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

// `amount` is what was agreed and never changes. Until the money has moved, `due_back` is the part that returns to the
// passenger for seats given back, and `driver_share` the part that goes to the driver for those given back late.
// Afterwards both are included in captured and refunded.
// While the provider waits for the passenger, `checkout_url` is where they go to pay, or `checkout_qr` what is drawn as
// a QR code, until `checkout_expires_at`; from there they come back to `return_url`. Otherwise, and for others, null.
struct PaymentView {
    PaymentId id;
    Method method;
    PaymentStatus status;
    Dinars amount, captured, refunded;
    std::optional<std::string> checkout_url;
    Dinars due_back{}, driver_share{};
    std::optional<std::string> checkout_qr{};
    std::optional<Instant> checkout_expires_at{};
    std::optional<std::string> return_url{};

    void hide_checkout();
};
BOOST_DESCRIBE_STRUCT(PaymentView, (),
                      (id, method, status, amount, captured, refunded, checkout_url, due_back, driver_share,
                       checkout_qr, checkout_expires_at, return_url))

// 5 % of the price, half up, for online methods; 0 for cash.
Dinars service_fee(Method method, Dinars price);

// The money of one booking, for its current seats.
struct Charge {
    BookingId booking;
    UserId passenger, driver;
    Method method;
    Dinars price, service_fee;
    Dinars total() const { return price + service_fee; }
};

// How the money is split when a held booking ends before or after the ride: parts sum to the total.
struct Split {
    Dinars to_passenger, to_driver, to_platform;
};

// What an admin decided about disputed or captured money.
struct Decision {
    Dinars refund;  // to the passenger
    UserId by;
    std::string reason;
};

// Where the price and the fee of seats given back go: the part of the price not refunded is the driver's, that of the
// fee the platform's.
struct SeatsBack {
    Dinars price_back, fee_back, driver_share;
};

class Payments {
public:
    virtual ~Payments() = default;

    // feature_unavailable when no provider serves the method here (a vendor without its keys; edahabia and cib today).
    virtual Result<Nothing> accepts(Method method) const = 0;

    // The intent, with the booking. From here on the payment knows its amount.
    virtual Task<PaymentView> open(db::Transaction& tx, const Charge& charge, Instant now) = 0;
    // With the transition to awaiting_payment: schedules an outbox task that holds the money of an open intent unless
    // that happens sooner.
    virtual Task<void> hold_later(db::Transaction& tx, BookingId booking, Instant now) = 0;
    // Asks the provider to hold the money of an open intent, and tells the booking (PaymentListener), unless the
    // passenger has to act first: then the payment says where. Outside a transaction. Throws DependencyUnavailable when
    // the outcome is unknown: retrying is safe.
    virtual Task<void> hold_now(BookingId booking) = 0;
    virtual Task<std::optional<PaymentView>> find(db::Session& session, BookingId booking) = 0;
    virtual Task<std::vector<std::pair<BookingId, PaymentView>>> find_all(db::Session& session,
                                                                          std::vector<BookingId> bookings) = 0;

    // Inside the booking's transaction, each once per payment (a repetition changes nothing):

    // The booking was called off: an open intent is cancelled, held money is divided by `split` (all to the passenger:
    // released; otherwise one partial capture). A passenger who did not come pays as after a ride: capture_later.
    // `split` divides the current charge; what is left from seats given back is added here.
    virtual Task<void> end(db::Transaction& tx, const Charge& charge, Split split, Instant now) = 0;
    // The ride did not take place after all, though its booking was completed: the passenger gets everything that is
    // left, whether the money was already captured or not. Recorded cash never passed through us.
    virtual Task<void> give_all_back(db::Transaction& tx, BookingId booking, Instant now) = 0;
    // Records the refund for seats given back, in addition to earlier ones; `charge` is that of the remaining seats.
    // The amount and the hold stay; the single capture, or the end of the payment, carries the refund out. May happen
    // several times.
    virtual Task<void> give_back_seats(db::Transaction& tx, const Charge& charge, SeatsBack back) = 0;
    // Cash changed hands when the trip completed: intent -> captured.
    virtual Task<void> record_cash(db::Transaction& tx, BookingId booking, Instant now) = 0;
    // Gives back what was decided and leaves the rest to driver and platform, each their part: held money is split by
    // one capture, captured money is refunded. validation_failed naming `refund` for more than there is; that includes
    // any amount of cash, which we never hold.
    virtual Task<Result<Nothing>> decide(db::Transaction& tx, BookingId booking, Decision decision, Instant now) = 0;
    // Schedules the capture of held money in the outbox, not before `when`; PaymentListener::captured follows.
    virtual Task<void> capture_later(db::Transaction& tx, BookingId booking, Instant now, Instant when) = 0;
};

}  // namespace safargo::payments

// A passenger who has to act at the provider.
template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::payments::PaymentView> =
    R"({"id":"01939f70-2f61-7d05-8e3f-1a2b3c4d5e6f","method":"edahabia","status":"intent","amount":1575,"captured":0,)"
    R"("refunded":0,"checkout_url":"https://pay.example.com/checkouts/01jb5k","due_back":0,"driver_share":0,)"
    R"("checkout_qr":null,"checkout_expires_at":"2026-12-09T18:30:00Z",)"
    R"("return_url":"https://safargo.com/bookings/01939f70-2f60-7b4a-9c1e-8d7f6a5b4c32"})";
