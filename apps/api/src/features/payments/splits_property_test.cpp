#include "features/ledger/posting_table.hpp"
#include "features/payments/splits.hpp"
#include "testing/properties.hpp"

#include <cstdlib>

namespace safargo::payments {
namespace {

Dinars draw_up_to(std::int64_t most) {
    return {*rc::gen::inRange<std::int64_t>(0, most + 1)};
}

RC_GTEST_PROP(ServiceFees, AreFivePercentToTheNearestDinar, ()) {
    const Dinars price = draw_up_to(100'000'000);
    const Dinars fee = service_fee(Method::sandbox, price);
    RC_ASSERT(fee >= Dinars{0});
    RC_ASSERT(2 * std::abs(20 * fee.amount - price.amount) <= 20);
    RC_ASSERT(service_fee(Method::cash, price) == Dinars{0});
}

// Each part is zero or positive: which ones are positive determines the kind of split.
RC_GTEST_PROP(Splits, CanBePostedWhoeverGetsWhat, (bool passenger, bool driver, bool platform)) {
    const Split split{.to_passenger = draw_up_to(passenger ? 1'000'000 : 0),
                      .to_driver = draw_up_to(driver ? 1'000'000 : 0),
                      .to_platform = draw_up_to(platform ? 50'000 : 0)};
    const ledger::Parts parts = parts_of(split);
    RC_ASSERT(parts.total() == split.to_passenger + split.to_driver + split.to_platform);
    Dinars sum, freed;
    for (const ledger::Entry& entry : ledger::entries(kind_of(split), parts)) {
        sum += entry.amount;
        if (entry.account == ledger::Account::escrow) freed += entry.amount;
    }
    RC_ASSERT(sum == Dinars{0});
    RC_ASSERT(freed == parts.total());
}

// Any sequence of refunds, then all that is left.
RC_GTEST_PROP(Refunds, NeverTakeMoreThanThereIsAndLoseNothing, (std::vector<std::uint32_t> shares)) {
    ledger::Parts left{draw_up_to(100'000'000), draw_up_to(5'000'000), {0}};
    shares.push_back(UINT32_MAX);
    for (const std::int64_t share : shares) {
        const Dinars amount{left.total().amount * share / UINT32_MAX};
        const ledger::Parts taken = take_back(left, amount);
        RC_ASSERT(taken.total() == amount);
        RC_ASSERT(taken.to_passenger == Dinars{0});
        RC_ASSERT(Dinars{0} <= taken.to_driver);
        RC_ASSERT(Dinars{0} <= taken.to_platform);
        left.to_driver -= taken.to_driver;
        left.to_platform -= taken.to_platform;
        RC_ASSERT(left.to_driver >= Dinars{0});
        RC_ASSERT(left.to_platform >= Dinars{0});
    }
    RC_ASSERT(left.total() == Dinars{0});
}

}  // namespace
}  // namespace safargo::payments
