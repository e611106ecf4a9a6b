#include "jobs/sound_subscriptions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace safargo::jobs {
namespace {

using db::Listeners;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

db::Subscription to(std::string name, std::vector<std::string> kinds) {
    db::Subscription subscription{std::move(name), {}};
    for (std::string& kind : kinds) subscription.handlings.push_back({std::move(kind), {}});
    return subscription;
}

const db::DeclaredKinds declared{{"booking.changed"}, {"trip.opened"}, {"payment.capture", Listeners::one}};

TEST(SoundSubscriptions, AreAnyNumberPerEventAndOnePerCommand) {
    EXPECT_THAT(
        find_faults(declared, {to("bookings.notifier", {"booking.changed"}), to("search.feed", {"booking.changed"}),
                               to("payments.errands", {"payment.capture"})}),
        IsEmpty());
}

TEST(SoundSubscriptions, HaveUniqueNames) {
    EXPECT_THAT(find_faults({{"booking.changed"}, {"trip.opened"}},
                            {to("bookings.notifier", {"booking.changed"}), to("bookings.notifier", {"trip.opened"})}),
                ElementsAre("two subscriptions are named bookings.notifier"));
}

TEST(SoundSubscriptions, SubscribeToDeclaredKinds) {
    EXPECT_THAT(find_faults({{"booking.changed"}}, {to("bookings.notifier", {"booking.changd"})}),
                ElementsAre("bookings.notifier subscribes to booking.changd, which is not declared"));
}

TEST(SoundSubscriptions, SubscribeOnceToAKind) {
    EXPECT_THAT(find_faults({{"booking.changed"}}, {to("bookings.notifier", {"booking.changed", "booking.changed"})}),
                ElementsAre("bookings.notifier subscribes twice to booking.changed"));
}

TEST(SoundSubscriptions, ACommandHasExactlyOne) {
    EXPECT_THAT(find_faults({{"payment.capture", Listeners::one}}, {}),
                ElementsAre("no subscription handles the command payment.capture"));
    EXPECT_THAT(find_faults({{"payment.capture", Listeners::one}},
                            {to("payments.errands", {"payment.capture"}), to("payments.other", {"payment.capture"})}),
                ElementsAre("more than one subscription handles the command payment.capture"));
}

TEST(SoundSubscriptions, NamesFollowTheConvention) {
    EXPECT_THAT(
        find_faults({{"booking"}, {"trip.opened"}, {"trip.opened"}}, {to("notifier>x", {"trip.opened"})}),
        UnorderedElementsAre("the subscription \"notifier>x\" is not named feature.who",
                             "the kind \"booking\" is not named noun.what", "the kind trip.opened is declared twice"));
}

TEST(SoundSubscriptions, FaultsStopTheStart) {
    EXPECT_THROW(require_sound({{"payment.capture", Listeners::one}}, {to("x", {"y"})}), std::logic_error);
    EXPECT_NO_THROW(require_sound(declared, {to("payments.errands", {"payment.capture"})}));
}

const db::EventKind known{"test.known", Listeners::one};

TEST(DeclaredKinds, AreKnownBeforeTheProgramStarts) {
    const auto found = std::ranges::find(db::declared_kinds(), "test.known", &db::DeclaredKind::name);
    ASSERT_NE(found, db::declared_kinds().end());
    EXPECT_EQ(found->listeners, Listeners::one);
    EXPECT_EQ(std::string(known), "test.known");
}

}  // namespace
}  // namespace safargo::jobs
