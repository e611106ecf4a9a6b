#include "net/retry.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace safargo::net {
namespace {

using namespace std::chrono_literals;

constexpr Ending endings[] = {Ending::answered,     Ending::unreachable, Ending::untrusted, Ending::interrupted,
                              Ending::too_large,    Ending::unreadable,  Ending::late,      Ending::busy,
                              Ending::circuit_open, Ending::cancelled};

const Deadline begin{};
const std::chrono::system_clock::time_point wall = std::chrono::sys_days{std::chrono::year{2026} / 12 / 1};

Retry::Moment at(Deadline now, double chance = 0.5) {
    return {now, wall, chance};
}

Response status(int code, const std::string& retry_after = "") {
    Response response{.status = code};
    if (!retry_after.empty()) response.headers.emplace_back("Retry-After", retry_after);
    return response;
}

bool repeats(Ending ending, const Response& response, bool repeatable) {
    return Retry(3, repeatable, begin + 1h).after(ending, response, at(begin)).has_value();
}

TEST(Retry, WhatWasNotSentIsRepeatedWhateverItIs) {
    for (const Ending ending : endings) {
        EXPECT_EQ(repeats(ending, status(200), false), ending == Ending::unreachable) << name(ending);
    }
}

TEST(Retry, WhatMayHaveBeenSentIsRepeatedIfItIsRepeatable) {
    for (const Ending ending : endings) {
        const bool expected = ending == Ending::unreachable || ending == Ending::interrupted;
        EXPECT_EQ(repeats(ending, status(200), true), expected) << name(ending);
    }
}

TEST(Retry, FourStatusesAskForIt) {
    for (int code = 200; code < 600; ++code) {
        const bool expected = code == 429 || code == 502 || code == 503 || code == 504;
        EXPECT_EQ(repeats(Ending::answered, status(code), true), expected) << code;
        EXPECT_FALSE(repeats(Ending::answered, status(code), false)) << code;
    }
}

TEST(Retry, AttemptsAreCounted) {
    for (const unsigned attempts : {0U, 1U, 2U, 5U}) {
        Retry retry(attempts, true, begin + 1h);
        unsigned sent = 1;
        while (retry.after(Ending::interrupted, {}, at(begin))) ++sent;
        EXPECT_EQ(sent, std::max(attempts, 1U));
    }
}

TEST(Retry, ThePauseIsAnyShareOfALimitThatDoubles) {
    Retry least(8, true, begin + 1h), half(8, true, begin + 1h), most(8, true, begin + 1h);
    for (const auto limit : {100ms, 200ms, 400ms, 800ms, 1'600ms, 2'000ms, 2'000ms}) {
        EXPECT_EQ(least.after(Ending::interrupted, {}, at(begin, 0)), 0ms);
        EXPECT_EQ(half.after(Ending::interrupted, {}, at(begin, 0.5)), limit / 2);
        EXPECT_EQ(most.after(Ending::interrupted, {}, at(begin, 0.9999)), limit - 1ms);
    }
}

TEST(Retry, RetryAfterComesBeforeTheJitter) {
    EXPECT_EQ(Retry(3, true, begin + 1h).after(Ending::answered, status(503, "7"), at(begin)), 7'050ms);
    EXPECT_EQ(Retry(3, true, begin + 1h).after(Ending::answered, status(429, "soon"), at(begin)), 50ms);
}

TEST(Retry, APauseThatReachesTheDeadlineIsNotWaited) {
    EXPECT_EQ(Retry(3, true, begin + 50ms).after(Ending::unreachable, {}, at(begin)), std::nullopt);
    EXPECT_EQ(Retry(3, true, begin + 51ms).after(Ending::unreachable, {}, at(begin)), 50ms);
    EXPECT_EQ(Retry(3, true, begin + 5s).after(Ending::answered, status(503, "5"), at(begin)), std::nullopt);
    EXPECT_EQ(Retry(3, true, begin + 5s).after(Ending::answered, status(503, "4"), at(begin)), 4'050ms);
}

TEST(RetryAfter, SecondsAndDatesAreRead) {
    EXPECT_EQ(parse_retry_after("0", wall), 0s);
    EXPECT_EQ(parse_retry_after("120", wall), 120s);
    EXPECT_EQ(parse_retry_after("Tue, 01 Dec 2026 00:00:30 GMT", wall), 30s);
    EXPECT_EQ(parse_retry_after("Tue, 01 Dec 2026 00:00:30 GMT", wall + 500ms), 30s) << "rounded up";
}

TEST(RetryAfter, ThePastIsNowAndLongIsADay) {
    EXPECT_EQ(parse_retry_after("Mon, 30 Nov 2026 00:00:00 GMT", wall), 0s);
    EXPECT_EQ(parse_retry_after("Fri, 01 Dec 2034 00:00:00 GMT", wall), 24h);
    EXPECT_EQ(parse_retry_after("Fri, 01 Dec 226500 00:00:30 GMT", wall), 24h) << "beyond the clock's nanoseconds";
    EXPECT_EQ(parse_retry_after("4000000000", wall), 24h);
    EXPECT_EQ(parse_retry_after("99999999999999999999999999", wall), 24h);
}

TEST(RetryAfter, AnythingElseIsNothing) {
    for (const std::string text : {"", "-1", "1.5", "1 s", "soon", "0x10"}) {
        EXPECT_EQ(parse_retry_after(text, wall), std::nullopt) << text;
    }
    EXPECT_EQ(parse_retry_after(std::string(65, '1'), wall), std::nullopt);
}

}  // namespace
}  // namespace safargo::net
