// Moves money through an external provider. Called outside transactions only. One port for providers that hold money
// and those that take it at once, that answer at once and those that send the customer to a page of theirs first.
//
// A payment has attempts, one after the other. What became of one is learnt from the answer to a call, from a webhook
// (which is a reason to look, not a truth) or by looking from time to time, in any order: `find` decides. Idempotency
// keys protect a repetition for a day; providers forget them. Whoever repeats an operation of unknown outcome therefore
// looks first at what the provider has.
// Amounts are whole dinars here; an adapter whose provider counts centimes multiplies by 100, and nothing else does.
#pragma once

#include "core/dinars.hpp"
#include "core/task.hpp"
#include "core/time.hpp"

#include <boost/describe/enum.hpp>

#include <optional>
#include <string>

namespace safargo {

enum class AttemptState {
    started,       // opened, and nobody was asked for the money; or asked, and the provider has not decided
    needs_action,  // the customer has to act where CustomerAction says
    held,          // the money is reserved
    captured,      // the money is with us, whether it was held before or taken at once
    declined,      // final: nothing is held, and nothing will come
    expired,       // final as well: given up, released, or too late
    unknown,       // the provider says something that its adapter does not understand
};
BOOST_DESCRIBE_ENUM(AttemptState, started, needs_action, held, captured, declined, expired, unknown)

// Where a customer goes to pay. At least one of the two is there.
struct CustomerAction {
    std::string url;               // to open; "" if there is none
    std::string qr;                // to be drawn as a QR code, as an app of the provider reads it; "" if there is none
    std::optional<Instant> until;  // then the attempt expires; nullopt if the provider does not say
    bool operator==(const CustomerAction&) const = default;
};

struct Attempt {
    std::string reference;  // the provider's own: "pi_…"
    AttemptState state = AttemptState::unknown;
    std::optional<CustomerAction> action{};   // while it needs one
    Dinars captured{};                        // before refunds
    std::optional<Instant> capture_before{};  // of held money: it lapses then
};

// Which attempt. The provider keeps our two beside its own, so that an attempt is found whose answer was lost.
struct AttemptName {
    std::string payment;
    int number = 1;
    std::string reference{};  // the provider's, once it is known
};

struct AttemptOrder {
    AttemptName name;
    std::string method;  // "card", "edahabia", …: one provider may serve several
    Dinars amount;
    std::string return_url{};            // where the customer comes back to; "" if nobody knows
    std::optional<Instant> pay_until{};  // the provider may take less time, and more if it has a minimum
    bool take_at_once = false;           // a hold would lapse before the money is due
};

// Each operation answers with the attempt as it then is, and throws DependencyUnavailable or DeadlineExceeded if its
// outcome is not known.
class PaymentProvider {
public:
    virtual ~PaymentProvider() = default;

    // Makes the attempt known to the provider and moves no money. Its reference is stored before anything else is asked
    // of it, and before a customer sees where to go.
    virtual Task<Attempt> open(std::string key, AttemptOrder order) = 0;
    // Asks for the money of a started attempt. A provider whose customers pay on its own pages has nothing to do here.
    virtual Task<Attempt> hold(std::string key, AttemptName name) = 0;
    // What the provider has, without changing it; nullopt if it does not know the attempt.
    virtual Task<std::optional<Attempt>> find(AttemptName name) = 0;
    // Held money: at most what is held, once; the rest is released. `held` afterwards means that it was refused.
    virtual Task<Attempt> capture(std::string key, AttemptName name, Dinars amount) = 0;
    // Gives the attempt up: held money is freed, and an open attempt can no longer be paid. What was captured stays.
    // Any other state than expired or declined afterwards means that it was refused, or came too late.
    virtual Task<Attempt> release(std::string key, AttemptName name) = 0;

    // Captured money back to the customer, in part or whole. False: refused.
    virtual Task<bool> refund(std::string key, AttemptName name, Dinars amount) = 0;
    // Whether the refund of that key was accepted, however long ago.
    virtual Task<bool> has_refunded(std::string key, AttemptName name) = 0;
};

}  // namespace safargo
