#include "features/trips/transitions.hpp"

#include <gtest/gtest.h>

#include <map>

namespace safargo::trips {
namespace {

TEST(Transitions, AreExactlyThese) {
    using enum TripStatus;
    using enum TripAction;
    const std::map<std::pair<TripStatus, TripAction>, TripStatus> expected{
        {{draft, publish}, open},           {{open, start}, in_progress},
        {{open, complete}, completed},      {{in_progress, complete}, completed},
        {{draft, cancel}, cancelled},       {{open, cancel}, cancelled},
        {{in_progress, cancel}, cancelled},
    };
    for (const TripStatus from : {draft, open, in_progress, completed, cancelled}) {
        for (const TripAction action : {publish, start, complete, cancel}) {
            const auto found = expected.find({from, action});
            const auto next = next_status(from, action);
            ASSERT_EQ(next.has_value(), found != expected.end());
            if (next) {
                EXPECT_EQ(*next, found->second);
            } else {
                EXPECT_EQ(next.error().code, Code::illegal_transition);
            }
        }
    }
}

}  // namespace
}  // namespace safargo::trips
