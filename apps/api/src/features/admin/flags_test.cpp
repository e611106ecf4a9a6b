// What moderators see, and who is refused.
#include "adapters/local/rate_limiter.hpp"
#include "core/clock.hpp"
#include "features/admin/routes.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

namespace safargo::admin {
namespace {

using namespace std::chrono_literals;

// The token is the role.
class RolesAlone final : public api::Authenticator {
public:
    Task<Result<Caller>> authenticate(std::string token) override {
        const auto role = contract::enum_from<Role>(token);
        if (!role) co_return fail(Code::unauthenticated);
        co_return Caller{.id = UserId::make({}), .session = {}, .role = *role};
    }
};

class FlagsTest : public ::testing::Test {
protected:
    FlagsTest() { add_routes(endpoints_, flags_); }

    http::Response get(const std::string& query, const std::string& token) {
        http::Request request{.method = http::Method::get, .path = "/api/v1/admin/flags"};
        request.query = query;
        if (!token.empty()) request.headers.emplace_back("Authorization", "Bearer " + token);
        const http::Match match = router_.match(request.method, request.path);
        return testing::run(match.route->handler(request));
    }
    FlagPage list(std::optional<FlagKind> kind, int limit, std::optional<std::string> cursor = {}) {
        ListFlags wanted{.kind = kind, .limit = Bounded<1, 100>::from(limit).value(), .cursor = std::nullopt};
        if (cursor) wanted.cursor = Text<300>::parse(*cursor).value();
        return testing::run(flags_.list(wanted)).value();
    }

    // A booking of arbitrary people.
    NewFlag flagged(FlagKind kind) {
        const BookingId booking = BookingId::make(clock_.now());
        const TripId trip = TripId::make(clock_.now());
        database_.execute(
            "alter table flags drop constraint if exists flags_booking_fkey, "
            "drop constraint if exists flags_trip_fkey");
        return {kind, booking, trip};
    }
    void raise(NewFlag flag) {
        clock_.advance(1s);
        testing::run(database_.db().transact<Nothing>([=, this](db::Transaction& tx) { return raise_in(tx, flag); }));
    }
    Task<Result<Nothing>> raise_in(db::Transaction& tx, NewFlag flag) {
        co_await raise_flag(tx, flag, clock_.now());
        co_return Nothing{};
    }

    testing::TestDatabase database_;
    FakeClock clock_{parse_instant("2026-12-01T08:00:00Z").value()};
    api::CursorSigner cursors_{"a secret of at least thirty-two bytes"};
    FlagService flags_{database_.db(), cursors_};
    RolesAlone roles_;
    local::InProcessRateLimiter limiter_{clock_};
    api::Runtime runtime_{database_.db(), roles_, limiter_, clock_};
    http::Router router_;
    api::Endpoints endpoints_{router_, runtime_};
};

TEST_F(FlagsTest, AreForModeratorsAndAdmins) {
    EXPECT_EQ(get("", "").status, 401);
    EXPECT_EQ(get("", "user").status, 403);
    EXPECT_EQ(get("", "driver").status, 403);
    for (const char* role : {"moderator", "admin"}) {
        const auto answer = get("", role);
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, R"({"items":[],"next_cursor":null})");
    }
    EXPECT_EQ(get("kind=nonsense", "admin").status, 422);
    EXPECT_EQ(get("limit=0", "admin").status, 422);
    EXPECT_EQ(get("cursor=forged", "admin").status, 400);
}

TEST_F(FlagsTest, AreRaisedOnce) {
    const NewFlag flag = flagged(FlagKind::short_ride);
    raise(flag);
    raise(flag);
    const FlagPage page = list(std::nullopt, 20);
    ASSERT_EQ(page.items.size(), 1U);
    EXPECT_EQ(page.items[0].kind, FlagKind::short_ride);
    EXPECT_EQ(page.items[0].booking_id, flag.booking);
    EXPECT_EQ(page.items[0].trip_id, flag.trip);
    raise({FlagKind::completed_ahead, flag.booking, flag.trip});
    EXPECT_EQ(list(std::nullopt, 20).items.size(), 2U);
}

TEST_F(FlagsTest, AreListedNewestFirstPageByPage) {
    std::vector<BookingId> short_rides;
    for (int i = 0; i < 5; ++i) {
        const NewFlag flag = flagged(i == 2 ? FlagKind::completed_ahead : FlagKind::short_ride);
        raise(flag);
        if (flag.kind == FlagKind::short_ride) short_rides.insert(short_rides.begin(), flag.booking);
    }
    std::vector<BookingId> seen;
    std::optional<std::string> cursor;
    do {
        const FlagPage page = list(FlagKind::short_ride, 3, cursor);
        for (const FlagView& flag : page.items) seen.push_back(flag.booking_id.value());
        cursor = page.next_cursor;
    } while (cursor);
    EXPECT_EQ(seen, short_rides);
    EXPECT_EQ(list(std::nullopt, 5).next_cursor, std::nullopt);
    EXPECT_EQ(list(FlagKind::completed_ahead, 5).items.size(), 1U);
}

TEST_F(FlagsTest, OfAKindUnknownToThisVersionAreSkipped) {
    raise(flagged(FlagKind::short_ride));
    database_.execute("insert into flags values (gen_random_uuid(), 'something_new', null, null, now())");
    EXPECT_EQ(list(std::nullopt, 20).items.size(), 1U);
}

}  // namespace
}  // namespace safargo::admin
