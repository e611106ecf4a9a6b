// The payment provider for development. It uses its own tables and transactions, as a vendor's cloud would: its effects
// persist when SafarGo rolls back or crashes. It can be scripted to fail.
#pragma once

#include "adapters/sandbox/sandbox_charge.hpp"
#include "core/bounded.hpp"
#include "db/database.hpp"
#include "ports/payment_provider.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <string>
#include <vector>

namespace safargo::sandbox {

// declined: refused, for new keys only (a known key repeats its answer). unavailable_before: nothing happened, and the
// caller gets no answer. lost_answer: it happened, and the caller gets no answer.
enum class FaultOutcome { declined, unavailable_before, lost_answer };
BOOST_DESCRIBE_ENUM(FaultOutcome, declined, unavailable_before, lost_answer)

// The outcome of the next `remaining` operations of this kind; faults are consumed in the order they were added.
struct Fault {
    Operation operation;
    FaultOutcome outcome;
    Bounded<1, 1000> remaining;
};
BOOST_DESCRIBE_STRUCT(Fault, (), (operation, outcome, remaining))

class SandboxProvider final : public PaymentProvider {
public:
    // Needs a Database of its own: its connections stand for the network to the vendor.
    explicit SandboxProvider(db::Database& database) : database_(database) {}

    Task<Outcome> hold(std::string key, std::string reference, Dinars amount) override;
    Task<Outcome> capture(std::string key, std::string reference, Dinars amount) override;
    Task<Outcome> release(std::string key, std::string reference) override;
    Task<Outcome> refund(std::string key, std::string reference, Dinars amount) override;
    Task<std::optional<Outcome>> find_hold(std::string reference) override;

    Task<std::optional<Charge>> find_charge(std::string reference);

    Task<void> add_fault(Fault fault);
    Task<std::vector<Fault>> faults();
    Task<void> clear_faults();

private:
    Task<Outcome> operate(Order order);

    db::Database& database_;
};

}  // namespace safargo::sandbox
