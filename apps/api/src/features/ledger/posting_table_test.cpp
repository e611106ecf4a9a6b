#include "features/ledger/posting_table.hpp"

#include "contract/described.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace safargo::ledger {
namespace {

using enum Account;

Dinars sum(const std::vector<Entry>& entries) {
    Dinars all;
    for (const Entry& entry : entries) all += entry.amount;
    return all;
}

struct Expected {
    Kind kind;
    Parts parts;
    std::vector<Entry> entries;
};

class PostingTable : public ::testing::TestWithParam<Expected> {};

TEST_P(PostingTable, MovesTheMoneyAsWritten) {
    EXPECT_EQ(entries(GetParam().kind, GetParam().parts), GetParam().entries);
    EXPECT_EQ(sum(GetParam().entries), Dinars{0});
}

const Parts whole{{1500}, {75}, {0}};
const Parts to_all{{750}, {75}, {750}};

INSTANTIATE_TEST_SUITE_P(
    Kinds, PostingTable,
    ::testing::Values(
        Expected{Kind::hold, whole, {{provider_clearing, {1575}}, {escrow, {-1575}}}},
        Expected{Kind::capture, whole, {{escrow, {1575}}, {driver_payable, {-1500}}, {platform_revenue, {-75}}}},
        Expected{Kind::release, {{0}, {0}, {1575}}, {{escrow, {1575}}, {provider_clearing, {-1575}}}},
        Expected{Kind::fee,
                 {{0}, {75}, {1500}},
                 {{escrow, {1575}}, {platform_revenue, {-75}}, {provider_clearing, {-1500}}}},
        Expected{Kind::late_cancellation,
                 to_all,
                 {{escrow, {1575}}, {driver_payable, {-750}}, {platform_revenue, {-75}}, {provider_clearing, {-750}}}},
        Expected{Kind::refund,
                 {{400}, {20}, {0}},
                 {{driver_payable, {400}}, {platform_revenue, {20}}, {provider_clearing, {-420}}}},
        Expected{Kind::uncollected,
                 whole,
                 {{driver_payable, {1500}}, {platform_revenue, {75}}, {provider_clearing, {-1575}}}},
        Expected{Kind::provider_fee, {{0}, {31}, {0}}, {{provider_fees, {31}}, {provider_clearing, {-31}}}},
        Expected{Kind::cash, {{1500}, {0}, {0}}, {{cash, {1500}}, {payouts, {-1500}}}},
        Expected{Kind::payout, {{1500}, {0}, {0}}, {{driver_payable, {1500}}, {payouts, {-1500}}}},
        // Parts of zero leave no entry.
        Expected{Kind::capture, {{1500}, {0}, {0}}, {{escrow, {1500}}, {driver_payable, {-1500}}}},
        Expected{Kind::hold, {}, {}}),
    [](const auto& test) {
        return std::to_string(test.index) + '_' + std::string(contract::enum_name(test.param.kind));
    });

TEST(PostingTable, ListsThePartsOfEveryKind) {
    struct Carried {
        Kind kind;
        bool driver, platform, passenger;
    };
    for (const Carried& row :
         {Carried{Kind::hold, true, true, true}, Carried{Kind::capture, true, true, true},
          Carried{Kind::release, false, false, true}, Carried{Kind::fee, false, true, true},
          Carried{Kind::late_cancellation, true, true, true}, Carried{Kind::refund, true, true, false},
          Carried{Kind::uncollected, true, true, false}, Carried{Kind::provider_fee, false, true, false},
          Carried{Kind::cash, true, false, false}, Carried{Kind::payout, true, false, false}}) {
        SCOPED_TRACE(contract::enum_name(row.kind));
        EXPECT_EQ(rule(row.kind).carries(Part::to_driver), row.driver);
        EXPECT_EQ(rule(row.kind).carries(Part::to_platform), row.platform);
        EXPECT_EQ(rule(row.kind).carries(Part::to_passenger), row.passenger);
    }
}

TEST(PostingTable, RefusesPartsThatWouldBeLost) {
    EXPECT_THROW(entries(Kind::release, {{1}, {0}, {1574}}), std::logic_error);
    EXPECT_THROW(entries(Kind::fee, {{1}, {75}, {1499}}), std::logic_error);
    EXPECT_THROW(entries(Kind::cash, {{1500}, {75}, {0}}), std::logic_error);
    EXPECT_THROW(entries(Kind::refund, {{0}, {0}, {1}}), std::logic_error);
    EXPECT_THROW(entries(Kind::hold, {{-1}, {2}, {0}}), std::logic_error);
}

TEST(AccountTable, GivesEveryAccountOnce) {
    ASSERT_EQ(account_table().size(), 7U);
    EXPECT_TRUE(rule(driver_payable).personal);
    EXPECT_TRUE(rule(payouts).personal);
    EXPECT_EQ(std::ranges::count_if(account_table(), &AccountRule::personal), 2);
    EXPECT_EQ(rule(escrow).side, Side::credit);
    EXPECT_EQ(rule(provider_clearing).side, Side::debit);
}

}  // namespace
}  // namespace safargo::ledger
