// The payment provider of development. It remembers in tables of its own, in transactions of its own, as a vendor's
// cloud would: what it did stays done when SafarGo rolls back or dies. It can be told to fail.
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

// declined: refused, under a new key only (a known key answers what it answered). unavailable_before: nothing
// happened, and the caller hears nothing. lost_answer: it happened, and the caller hears nothing.
enum class FaultOutcome { declined, unavailable_before, lost_answer };
BOOST_DESCRIBE_ENUM(FaultOutcome, declined, unavailable_before, lost_answer)

// The next `remaining` operations of this kind end so; faults are used up in the order they were added.
struct Fault {
    Operation operation;
    FaultOutcome outcome;
    Bounded<1, 1000> remaining;
};
BOOST_DESCRIBE_STRUCT(Fault, (), (operation, outcome, remaining))

class SandboxProvider final : public PaymentProvider {
public:
    // A Database that nobody else uses: its connections stand for the network to the vendor.
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
