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
                const bool over = from == completed || from == cancelled;
                EXPECT_EQ(next.error().code, over ? Code::trip_ended : Code::illegal_transition);
                EXPECT_EQ(next.error().fields.empty(), over) << "the others name the states the action starts from";
            }
        }
    }
}

TEST(Transitions, ARefusalNamesTheLegalStates) {
    const auto refused = next_status(TripStatus::draft, TripAction::complete);
    EXPECT_EQ(refused.error().fields.at(0), (FieldError{"status", {Rule::not_allowed, "open, in_progress"}}));
}

}  // namespace
}  // namespace safargo::trips
