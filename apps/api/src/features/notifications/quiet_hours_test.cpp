// When it is quiet, over midnight and within a day, in Algiers' time (UTC + 1).
#include "features/notifications/quiet_hours.hpp"

#include <gtest/gtest.h>

namespace safargo::notifications {
namespace {

QuietHours hours(std::string_view from, std::string_view until) {
    return {TimeOfDay::parse(from).value(), TimeOfDay::parse(until).value()};
}

std::string ends(const QuietHours& quiet, std::string_view at) {
    const auto end = end_of_quiet(quiet, parse_instant(at).value());
    return end ? format_instant(*end) : "-";
}

TEST(QuietHours, OverMidnight) {
    const QuietHours night = hours("22:30", "07:00");
    EXPECT_EQ(ends(night, "2026-12-01T21:29:59.999999Z"), "-");
    EXPECT_EQ(ends(night, "2026-12-01T21:30:00Z"), "2026-12-02T06:00:00Z");
    EXPECT_EQ(ends(night, "2026-12-01T22:59:59Z"), "2026-12-02T06:00:00Z")
        << "the last second of the first of December";
    EXPECT_EQ(ends(night, "2026-12-01T23:00:00Z"), "2026-12-02T06:00:00Z") << "the first of the second";
    EXPECT_EQ(ends(night, "2026-12-02T05:59:59Z"), "2026-12-02T06:00:00Z");
    EXPECT_EQ(ends(night, "2026-12-02T06:00:00Z"), "-");
    EXPECT_EQ(ends(night, "2026-12-31T23:30:00Z"), "2027-01-01T06:00:00Z");
}

TEST(QuietHours, WithinADay) {
    const QuietHours nap = hours("13:00", "15:00");
    EXPECT_EQ(ends(nap, "2026-12-01T11:59:59Z"), "-");
    EXPECT_EQ(ends(nap, "2026-12-01T12:00:00Z"), "2026-12-01T14:00:00Z");
    EXPECT_EQ(ends(nap, "2026-12-01T14:00:00Z"), "-");
    EXPECT_EQ(ends(nap, "2026-12-01T23:30:00Z"), "-");
}

TEST(QuietHours, BeginOrEndAtMidnight) {
    EXPECT_EQ(ends(hours("00:00", "06:00"), "2026-12-01T23:00:00Z"), "2026-12-02T05:00:00Z");
    EXPECT_EQ(ends(hours("00:00", "06:00"), "2026-12-01T22:59:59Z"), "-");
    EXPECT_EQ(ends(hours("20:00", "00:00"), "2026-12-01T22:59:59Z"), "2026-12-01T23:00:00Z");
    EXPECT_EQ(ends(hours("20:00", "00:00"), "2026-12-01T23:00:00Z"), "-");
}

TEST(QuietHours, OfAllButAMinute) {
    EXPECT_EQ(ends(hours("12:01", "12:00"), "2026-12-01T11:01:00Z"), "2026-12-02T11:00:00Z");
    EXPECT_EQ(ends(hours("12:01", "12:00"), "2026-12-01T11:00:30Z"), "-");
}

// Whatever the hours: an end lies ahead, at most a day off, and it is not quiet then.
TEST(QuietHours, AlwaysEnd) {
    using namespace std::chrono_literals;
    const Instant day = parse_instant("2026-11-30T23:00:00Z").value();
    for (auto from = 0min; from < 24h; from += 47min) {
        for (auto until = 0min; until < 24h; until += 53min) {
            if (from == until) continue;
            const QuietHours quiet{{from}, {until}};
            for (auto at = 0min; at < 24h; at += 31min) {
                const auto end = end_of_quiet(quiet, day + at);
                if (!end) continue;
                ASSERT_GT(*end, day + at);
                ASSERT_LE(*end, day + at + 24h);
                ASSERT_FALSE(end_of_quiet(quiet, *end));
            }
        }
    }
}

TEST(TimeOfDay, IsReadStrictly) {
    EXPECT_EQ(TimeOfDay::parse("00:00").value().str(), "00:00");
    EXPECT_EQ(TimeOfDay::parse("23:59").value().minutes.count(), 1439);
    for (const char* bad : {"", "7:00", "24:00", "23:60", "07-00", "07:00:00", " 7:00", "ab:cd", "-1:00", "07:0 "}) {
        const auto read = TimeOfDay::parse(bad);
        ASSERT_FALSE(read) << bad;
        EXPECT_EQ(read.error(), (Violation{Rule::bad_format, "HH:MM"}));
    }
}

}  // namespace
}  // namespace safargo::notifications
