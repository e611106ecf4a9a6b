// Local days and minutes at any representable instant.
#include "core/local_time.hpp"
#include "testing/properties.hpp"

namespace safargo {
namespace {

using namespace std::chrono_literals;

// Draws the day and the time of day separately: a range of microseconds would hardly ever hit the edge of a day.
Instant draw_instant() {
    constexpr std::chrono::sys_days first = std::chrono::year{1970} / 1 / 1, last = std::chrono::year{9998} / 12 / 31;
    const auto day = *rc::gen::resize(100, rc::gen::inRange(0, static_cast<int>((last - first).count())));
    const auto within = *rc::gen::inRange<std::int64_t>(0, std::chrono::microseconds(24h).count());
    return first + std::chrono::days{day} + std::chrono::microseconds{within};
}

RC_GTEST_PROP(LocalDays, ContainTheirInstantsAndFollowOneAnother, ()) {
    const Instant instant = draw_instant();
    const LocalDate day = LocalDate::of(instant);
    RC_ASSERT(day.begins() <= instant);
    RC_ASSERT(instant < day.ends());
    RC_ASSERT(day.ends() - day.begins() == 24h);
    RC_ASSERT(LocalDate::of(day.ends()).days == day.days + std::chrono::days{1});
    RC_ASSERT(LocalDate::of(day.begins() - 1us).days == day.days - std::chrono::days{1});
}

RC_GTEST_PROP(Times, ReadBackAsWritten, ()) {
    const Instant instant = draw_instant();
    RC_ASSERT(parse_instant(format_instant(instant)).value() == instant);
    const LocalDate day = LocalDate::of(instant);
    RC_ASSERT(LocalDate::parse(day.str()).value() == day);
}

RC_GTEST_PROP(LocalMinutes, SortLikeTheirInstants, ()) {
    const Instant a = draw_instant(), b = draw_instant();
    const auto minute = [](Instant at) { return std::chrono::floor<std::chrono::minutes>(at); };
    RC_ASSERT((local_minute(a) < local_minute(b)) == (minute(a) < minute(b)));
}

// A caller who waits for the named minute is not refused again.
RC_GTEST_PROP(TooEarly, NamesTheFirstMinuteThatIsLateEnough, ()) {
    const Instant opens_at = draw_instant();
    const std::string named = too_early(opens_at).reason.value().first;
    RC_ASSERT(named == local_minute(opens_at) || named == local_minute(opens_at + 1min));
    RC_ASSERT((named == local_minute(opens_at)) == (opens_at == std::chrono::floor<std::chrono::minutes>(opens_at)));
}

}  // namespace
}  // namespace safargo
