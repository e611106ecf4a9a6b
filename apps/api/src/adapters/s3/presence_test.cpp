#include "adapters/s3/presence.hpp"

#include <gtest/gtest.h>

namespace safargo::s3 {
namespace {

using namespace std::chrono_literals;

TEST(Presence, IsGoneAfterSlowFailuresInARow) {
    Presence presence({.in_a_row = 3, .slow = 1s});
    EXPECT_FALSE(presence.gone());
    presence.failed(5s);
    presence.failed(5s);
    EXPECT_FALSE(presence.gone());
    presence.answered();
    presence.failed(5s);
    presence.failed(5s);
    EXPECT_FALSE(presence.gone()) << "not in a row";
    presence.failed(1s);
    EXPECT_TRUE(presence.gone());
}

TEST(Presence, IsNotDoubtedForQuickFailures) {
    Presence presence({.in_a_row = 1, .slow = 1s});
    presence.failed(999ms);
    EXPECT_FALSE(presence.gone());
}

TEST(Presence, IsBackWithTheFirstAnswer) {
    Presence presence({.in_a_row = 2, .slow = 1s});
    for (int i = 0; i < 100; ++i) presence.failed(2s);
    EXPECT_TRUE(presence.gone());
    presence.answered();
    EXPECT_FALSE(presence.gone());
}

}  // namespace
}  // namespace safargo::s3
