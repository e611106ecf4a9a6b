// What payment providers tell us by themselves. Stored as it came, each event once, and applied by a task that looks at
// the provider: order, delay and repetition make no difference.
#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "db/transaction.hpp"
#include "platform/pruning.hpp"
#include "ports/payment_notices.hpp"

#include <boost/describe/class.hpp>

#include <string>
#include <vector>

namespace safargo::payments {

struct NoticeTaken {
    bool received = true;
};
BOOST_DESCRIBE_STRUCT(NoticeTaken, (), (received))

class Notices {
public:
    // `stripe` is null where it is not configured.
    Notices(const Clock& clock, const PaymentNotices* stripe) : clock_(clock), stripe_(stripe) {}

    // malformed_request for what is forged, stale or no event: it is stored nowhere. An event that came before, or that
    // is about a payment we do not know, is taken and has no effect.
    Task<Result<NoticeTaken>> take_stripe(db::Transaction& tx, std::string signature, std::string body);

private:
    const Clock& clock_;
    const PaymentNotices* stripe_;
};

std::vector<platform::PruningRule> pruning_rules();

}  // namespace safargo::payments
