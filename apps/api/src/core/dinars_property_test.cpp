#include "core/dinars.hpp"
#include "testing/properties.hpp"

#include <cstdlib>

namespace safargo {
namespace {

constexpr std::int64_t most = 100'000'000;  // above any price
constexpr std::int64_t all = 10'000;        // basis points

std::int64_t draw_up_to(std::int64_t greatest) {
    return *rc::gen::inRange<std::int64_t>(0, greatest + 1);
}

RC_GTEST_PROP(DinarShares, AreTheNearestDinarAndNeverMoreThanTheWhole, ()) {
    const Dinars whole{draw_up_to(most)};
    const std::int64_t points = draw_up_to(all);
    const Dinars share = share_half_up(whole, points);
    RC_ASSERT(share >= Dinars{0});
    RC_ASSERT(share <= whole);
    RC_ASSERT(2 * std::abs(share.amount * all - whole.amount * points) <= all);
}

RC_GTEST_PROP(DinarShares, RoundedDownLeaveTheOtherSideAtMostOneDinarMore, ()) {
    const Dinars whole{draw_up_to(most)};
    const std::int64_t points = draw_up_to(all);
    const Dinars share = share_down(whole, points);
    const Dinars rest = whole - share;
    RC_ASSERT(share >= Dinars{0});
    RC_ASSERT(rest >= share_down(whole, all - points));
    RC_ASSERT(rest <= share_down(whole, all - points) + Dinars{1});
}

RC_GTEST_PROP(DinarShares, GrowWithTheWholeAndWithThePoints, ()) {
    const std::int64_t less = draw_up_to(most), fewer = draw_up_to(all);
    const std::int64_t more = less + draw_up_to(most - less), further = fewer + draw_up_to(all - fewer);
    RC_ASSERT(share_half_up({less}, fewer) <= share_half_up({more}, further));
    RC_ASSERT(share_down({less}, fewer) <= share_down({more}, further));
}

}  // namespace
}  // namespace safargo
