#include "features/payments/states.hpp"

#include "contract/described.hpp"

#include <gtest/gtest.h>

#include <map>

namespace safargo::payments {
namespace {

using enum PaymentStatus;
using Event = PaymentEvent;

TEST(PaymentStates, AreTheseAndNoOthers) {
    const std::map<std::pair<PaymentStatus, Event>, PaymentStatus> expected{
        {{intent, Event::hold}, hold},           {{failed, Event::hold}, hold},
        {{cancelled, Event::hold}, hold},        {{intent, Event::decline}, failed},
        {{failed, Event::reopen}, intent},       {{intent, Event::cancel}, cancelled},
        {{failed, Event::cancel}, cancelled},    {{intent, Event::take_cash}, captured},
        {{hold, Event::capture}, captured},      {{hold, Event::share_out}, refunded},
        {{captured, Event::refund}, refunded},   {{refunded, Event::refund}, refunded},
        {{hold, Event::uncollected}, failed},    {{captured, Event::uncollected}, failed},
        {{refunded, Event::uncollected}, failed}};
    EXPECT_EQ(transitions().size(), expected.size());
    for (const PaymentStatus from : {intent, hold, captured, refunded, failed, cancelled}) {
        for (int event = 0; event <= static_cast<int>(Event::uncollected); ++event) {
            const auto row = expected.find({from, static_cast<Event>(event)});
            const auto to = row == expected.end() ? std::nullopt : std::optional(row->second);
            EXPECT_EQ(after(from, static_cast<Event>(event)), to) << contract::enum_name(from) << ' ' << event;
        }
    }
}

}  // namespace
}  // namespace safargo::payments
