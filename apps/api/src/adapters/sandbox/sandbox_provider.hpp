// The payment provider for development. It uses its own tables and transactions, as a vendor's cloud would: its effects
// persist when SafarGo rolls back or crashes. It can be scripted to fail, and to send the customer to a page of its
// own.
#pragma once

#include "adapters/sandbox/sandbox_charge.hpp"
#include "core/bounded.hpp"
#include "core/clock.hpp"
#include "db/database.hpp"
#include "ports/payment_provider.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <string>
#include <vector>

namespace safargo::sandbox {

// declined: refused, for new keys only (a known key repeats its answer). unavailable_before: nothing happened, and the
// caller gets no answer. lost_answer: it happened, and the caller gets no answer. needs_action: of a hold; the customer
// has to pay first.
enum class FaultOutcome { declined, unavailable_before, lost_answer, needs_action };
BOOST_DESCRIBE_ENUM(FaultOutcome, declined, unavailable_before, lost_answer, needs_action)

// The outcome of the next `remaining` operations of this kind; faults are consumed in the order they were added.
struct Fault {
    Operation operation;
    FaultOutcome outcome;
    Bounded<1, 1000> remaining;
};
BOOST_DESCRIBE_STRUCT(Fault, (), (operation, outcome, remaining))

// What the customer does on the sandbox's page.
enum class CustomerAct { pay, refuse };
BOOST_DESCRIBE_ENUM(CustomerAct, pay, refuse)

class SandboxProvider final : public PaymentProvider {
public:
    // Needs a Database of its own: its connections stand for the network to the vendor. `address`: where this process
    // serves /dev/sandbox to the customer.
    SandboxProvider(db::Database& database, const Clock& clock, std::string address = "http://127.0.0.1:3000")
        : database_(database), clock_(clock), address_(std::move(address)) {}

    Task<Attempt> open(std::string key, AttemptOrder order) override;
    Task<Attempt> hold(std::string key, AttemptName name) override;
    Task<std::optional<Attempt>> find(AttemptName name) override;
    Task<Attempt> capture(std::string key, AttemptName name, Dinars amount) override;
    Task<Attempt> release(std::string key, AttemptName name) override;
    Task<bool> refund(std::string key, AttemptName name, Dinars amount) override;
    Task<bool> has_refunded(std::string key, AttemptName name) override;

    Task<std::optional<Charge>> find_charge(std::string reference);
    // False if nothing waits for the customer (any more).
    Task<bool> act(std::string reference, CustomerAct act);

    Task<void> add_fault(Fault fault);
    Task<std::vector<Fault>> faults();
    Task<void> clear_faults();

private:
    struct Answer {
        bool done;
        std::optional<Charge> charge;  // as it is now
    };
    Task<Answer> operate(Order order);
    Task<Attempt> operate_on_attempt(Order order);
    Attempt show(const std::string& reference, const std::optional<Charge>& charge) const;

    db::Database& database_;
    const Clock& clock_;
    std::string address_;
};

}  // namespace safargo::sandbox
