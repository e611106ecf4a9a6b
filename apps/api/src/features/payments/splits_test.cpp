#include "features/payments/splits.hpp"

#include <gtest/gtest.h>

namespace safargo::payments {
namespace {

TEST(ServiceFee, IsFivePercentHalfUpOnlineAndNothingInCash) {
    struct Row {
        std::int64_t price, fee;
    };
    for (const Row& row : {Row{0, 0}, Row{9, 0}, Row{10, 1}, Row{29, 1}, Row{30, 2}, Row{500, 25}, Row{1500, 75},
                           Row{1509, 75}, Row{1510, 76}, Row{100'000'000, 5'000'000}}) {
        for (const Method online : {Method::sandbox, Method::card, Method::edahabia, Method::cib}) {
            EXPECT_EQ(service_fee(online, {row.price}), Dinars{row.fee}) << row.price;
        }
        EXPECT_EQ(service_fee(Method::cash, {row.price}), Dinars{0});
    }
}

TEST(KindOf, NamesThePostingOfASplit) {
    EXPECT_EQ(kind_of({.to_passenger = {0}, .to_driver = {1500}, .to_platform = {75}}), ledger::Kind::capture);
    EXPECT_EQ(kind_of({.to_passenger = {750}, .to_driver = {750}, .to_platform = {75}}),
              ledger::Kind::late_cancellation);
    EXPECT_EQ(kind_of({.to_passenger = {1500}, .to_driver = {0}, .to_platform = {75}}), ledger::Kind::fee);
    EXPECT_EQ(kind_of({.to_passenger = {1575}, .to_driver = {0}, .to_platform = {0}}), ledger::Kind::release);
    EXPECT_EQ(kind_of({.to_passenger = {0}, .to_driver = {0}, .to_platform = {0}}), ledger::Kind::release);
}

TEST(TakeBack, SharesARefundInProportionToWhatEachHas) {
    EXPECT_EQ(take_back({{1500}, {75}, {0}}, {1575}), (ledger::Parts{{1500}, {75}, {0}}));
    EXPECT_EQ(take_back({{1500}, {75}, {0}}, {420}), (ledger::Parts{{400}, {20}, {0}}));
    EXPECT_EQ(take_back({{1500}, {75}, {0}}, {1}), (ledger::Parts{{1}, {0}, {0}}));
    EXPECT_EQ(take_back({{1}, {1}, {0}}, {1}), (ledger::Parts{{1}, {0}, {0}}));
    EXPECT_EQ(take_back({{0}, {75}, {0}}, {10}), (ledger::Parts{{0}, {10}, {0}}));
    EXPECT_EQ(take_back({}, {0}), ledger::Parts{});
}

}  // namespace
}  // namespace safargo::payments
