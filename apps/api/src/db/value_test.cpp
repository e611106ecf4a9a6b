// Round trips of every value type, and values that must be refused.
#include "core/caller.hpp"
#include "db/blocking_connection.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace safargo::db {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::run;

class ValueTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        database = std::make_unique<testing::TestDatabase>(testing::TestDatabase::Start::empty);
    }
    static void TearDownTestSuite() { database.reset(); }

    template <class T>
    static T echo(std::string_view sql, T value) {
        return run(database->db().query({"echo", sql}, value))[0].template get<T>(0);
    }
    template <class T>
    static T read(std::string_view sql) {
        return run(database->db().query({"read", sql}))[0].template get<T>(0);
    }
    // Whether the parameter equals the SQL expression.
    template <class T>
    static bool equals(std::string_view sql, T value) {
        return run(database->db().query({"equals", sql}, value))[0].template get<bool>(0);
    }

    static std::unique_ptr<testing::TestDatabase> database;
};

std::unique_ptr<testing::TestDatabase> ValueTest::database;

TEST_F(ValueTest, ScalarsRoundTrip) {
    EXPECT_TRUE(echo("select $1::bool", true));
    EXPECT_FALSE(echo("select $1::bool", false));
    EXPECT_EQ(echo<std::int16_t>("select $1::int2", -32'768), -32'768);
    EXPECT_EQ(echo<std::int32_t>("select $1::int4", -2'147'483'647), -2'147'483'647);
    EXPECT_EQ(echo<std::int64_t>("select $1::int8", 9'223'372'036'854'775'807), 9'223'372'036'854'775'807);
    EXPECT_EQ(echo("select $1::int8", 42LL), 42LL);
    EXPECT_EQ(echo("select $1::int8", Dinars{-1'500}), Dinars{-1'500});
    EXPECT_EQ(echo<std::string>("select $1::text", "بجاية, Béjaïa \"'\\"), "بجاية, Béjaïa \"'\\");
    EXPECT_EQ(echo<std::string>("select $1::text", ""), "");
    EXPECT_EQ(echo("select $1::bytea", Bytes{std::string("\0\1\xff", 3)}), (Bytes{std::string("\0\1\xff", 3)}));
    const TripId id = TripId::make(Instant{});
    EXPECT_EQ(echo("select $1::uuid", id), id);
    EXPECT_EQ(echo("select $1::uuid", id.value), id.value);
}

TEST_F(ValueTest, ParametersMeanWhatTheServerMeans) {
    EXPECT_TRUE(equals("select $1 = '2026-12-03 07:00:00.000001+00'::timestamptz",
                       *parse_instant("2026-12-03T08:00:00.000001+01:00")));
    EXPECT_TRUE(equals("select $1 = '1969-12-31 23:59:59.5Z'::timestamptz", *parse_instant("1969-12-31T23:59:59.5Z")));
    EXPECT_TRUE(equals("select $1 = '1999-12-31'::date", *LocalDate::parse("1999-12-31")));
    EXPECT_TRUE(equals("select $1 = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f'::uuid",
                       *Uuid::parse("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")));
    EXPECT_TRUE(equals("select $1 = array[1, 2]::int2[]", std::vector<std::int16_t>{1, 2}));
    EXPECT_TRUE(equals("select $1::text[] = array['a\"b', '', 'NULL', '{,}']",
                       std::vector<std::string>{"a\"b", "", "NULL", "{,}"}));
    EXPECT_TRUE(equals("select $1 = 0.1::float8", 0.1));
}

TEST_F(ValueTest, TimesKeepTheirMicrosecondsAndDatesTheirDay) {
    for (const char* text : {"2026-12-03T07:00:00.000001Z", "1969-12-31T23:59:59.999999Z", "0001-01-01T00:00:00Z"}) {
        EXPECT_EQ(echo("select $1::timestamptz", *parse_instant(text)), *parse_instant(text)) << text;
    }
    for (const char* text : {"2026-02-28", "1969-12-31", "2000-01-01", "0001-01-01"}) {
        EXPECT_EQ(echo("select $1::date", *LocalDate::parse(text)), *LocalDate::parse(text)) << text;
    }
    EXPECT_EQ(read<Instant>("select '2026-12-03 08:00+01'::timestamptz"), *parse_instant("2026-12-03T07:00:00Z"));
    EXPECT_EQ(read<LocalDate>("select '2026-12-03'::date"), *LocalDate::parse("2026-12-03"));
}

TEST_F(ValueTest, DoublesAreExact) {
    for (const double value : {0.1, -0.0, 36.752887, 5e-324, 1.7976931348623157e308, 1.0 / 3.0}) {
        const double back = echo("select $1::float8", value);
        EXPECT_EQ(std::signbit(back), std::signbit(value));
        EXPECT_EQ(back, value);
    }
    EXPECT_EQ(read<double>("select 0.5::float4"), 0.5);
}

TEST_F(ValueTest, NonFiniteValuesAreRefused) {
    EXPECT_THROW(read<Instant>("select 'infinity'::timestamptz"), MappingError);
    EXPECT_THROW(read<Instant>("select '-infinity'::timestamptz"), MappingError);
    EXPECT_THROW(read<LocalDate>("select 'infinity'::date"), MappingError);
    EXPECT_THROW(read<double>("select 'NaN'::float8"), MappingError);
    EXPECT_THROW(echo("select $1::float8", std::numeric_limits<double>::infinity()), MappingError);
    EXPECT_THROW(echo("select $1::timestamptz", Instant::min()), MappingError);
    EXPECT_THROW(echo("select $1::date", LocalDate{std::chrono::sys_days::max()}), MappingError);
    EXPECT_EQ(echo("select $1::timestamptz", Instant::max()), Instant::max());  // PostgreSQL's range is larger
}

TEST_F(ValueTest, NullIsReadOnlyIntoAnOptional) {
    EXPECT_EQ(echo("select $1::int8", std::optional<std::int64_t>{}), std::nullopt);
    EXPECT_EQ(echo("select $1::int8", std::optional<std::int64_t>{7}), 7);
    EXPECT_EQ(echo("select $1::text", std::optional<std::string>{}), std::nullopt);
    EXPECT_EQ(echo("select $1::text", std::optional<std::string>{"x"}), "x");
    EXPECT_EQ(echo("select $1::uuid", std::optional<TripId>{}), std::nullopt);
    EXPECT_TRUE(equals("select $1::text is null", std::nullopt));
    EXPECT_TRUE(equals("select $1::int4[] is null", std::optional<std::vector<std::int32_t>>{}));
    EXPECT_THROW(read<std::int64_t>("select null::int8"), MappingError);
    EXPECT_THROW(read<std::string>("select null::text"), MappingError);
    EXPECT_THROW(read<std::vector<std::int32_t>>("select null::int4[]"), MappingError);
}

TEST_F(ValueTest, ArraysOfEveryKind) {
    EXPECT_THAT(echo("select $1::int2[]", std::vector<std::int16_t>{3, 0, -1}), ElementsAre(3, 0, -1));
    EXPECT_THAT(echo("select $1::int8[]", std::vector<std::int64_t>{}), IsEmpty());
    EXPECT_THAT(echo("select $1::bool[]", std::vector<bool>{true, false}), ElementsAre(true, false));
    EXPECT_THAT(echo("select $1::float8[]", std::vector<double>{0.1, 2}), ElementsAre(0.1, 2));
    EXPECT_THAT(echo("select $1::text[]", std::vector<std::string>{"a", "ب", "\\\"", ""}),
                ElementsAre("a", "ب", "\\\"", ""));
    EXPECT_THAT(echo("select $1::text[]", std::vector<std::string>{}), IsEmpty());
    const std::vector<TripId> ids{TripId::make(Instant{}), TripId::make(Instant{})};
    EXPECT_EQ(echo("select $1::uuid[]", ids), ids);
    const std::vector<Instant> times{*parse_instant("2026-12-03T07:00:00Z")};
    EXPECT_EQ(echo("select $1::timestamptz[]", times), times);
    EXPECT_THAT(read<std::vector<std::optional<std::int32_t>>>("select array[1, null]"), ElementsAre(1, std::nullopt));
    EXPECT_THROW(read<std::vector<std::int32_t>>("select array[1, null]"), MappingError);
    EXPECT_THROW(read<std::vector<std::int32_t>>("select array[[1], [2]]"), MappingError);
    EXPECT_THROW(read<std::vector<std::int32_t>>("select array['a']"), MappingError);
    EXPECT_THROW(read<std::vector<std::int32_t>>("select 5"), MappingError);
}

TEST_F(ValueTest, TextTakesTheTypeOfItsContext) {
    database->execute("create type mood as enum ('calm', 'chatty')");
    EXPECT_TRUE(equals<std::string>("select $1 = 'calm'::mood", "calm"));
    EXPECT_EQ(read<std::string>("select 'chatty'::mood"), "chatty");
    EXPECT_EQ(read<std::string>("select '{\"a\": 1}'::jsonb"), "{\"a\": 1}");
    EXPECT_EQ(read<std::string>("select '[]'::json"), "[]");
    EXPECT_TRUE(equals<std::string>("select $1 = '{\"a\": 1}'::jsonb", "{\"a\":1}"));
    EXPECT_TRUE(equals("select 'calm' = any ($1::mood[])", std::vector<std::string>{"calm"}));
    EXPECT_EQ(read<std::string>("select pg_current_snapshot()::text").find(':') != std::string::npos, true);
    EXPECT_THROW(echo<std::string>("select $1::text", std::string("a\0b", 3)), MappingError);
}

TEST_F(ValueTest, DescribedEnumsAreStoredByName) {
    EXPECT_EQ(read<Role>("select 'moderator'"), Role::moderator);
    EXPECT_EQ(read<std::optional<Role>>("select null::text"), std::nullopt);
    EXPECT_THAT(read<std::vector<Role>>("select array['user', 'admin']"), ElementsAre(Role::user, Role::admin));
    EXPECT_THROW(read<Role>("select null::text"), MappingError);
    EXPECT_THROW(read<Role>("select 7"), MappingError);
    try {
        read<Role>("select 'emperor'::text as role");
        FAIL();
    } catch (const MappingError& error) {
        EXPECT_STREQ(error.what(), R"(column "role" is none of user, driver, moderator, admin)");
    }
}

TEST_F(ValueTest, IntegersWidenAndNothingElseDoes) {
    EXPECT_EQ(read<std::int64_t>("select 7::int2"), 7);
    EXPECT_EQ(read<std::int64_t>("select 7::int4"), 7);
    EXPECT_EQ(read<std::int32_t>("select (-7)::int2"), -7);
    EXPECT_GT(read<std::int64_t>("select pg_current_xact_id()"), 0);  // xid8
    EXPECT_THROW(read<std::int32_t>("select 7::int8"), MappingError);
    EXPECT_THROW(read<std::int16_t>("select 7::int4"), MappingError);
    EXPECT_THROW(read<std::int64_t>("select 7::numeric"), MappingError);
    EXPECT_THROW(read<std::int64_t>("select 7::float8"), MappingError);
    EXPECT_THROW(read<double>("select 7"), MappingError);
    EXPECT_THROW(read<bool>("select 1"), MappingError);
    EXPECT_THROW(read<Instant>("select timestamp '2026-12-03 07:00'"), MappingError);
    EXPECT_THROW(read<Uuid>("select 'a'::text"), MappingError);
    EXPECT_THROW(read<std::string>("select 1"), MappingError);
}

TEST_F(ValueTest, AnErrorNamesTheColumnButNoValue) {
    try {
        read<std::int64_t>("select '0555123456'::text as phone");
        FAIL();
    } catch (const MappingError& error) {
        EXPECT_THAT(error.what(), HasSubstr("phone"));
        EXPECT_THAT(error.what(), ::testing::Not(HasSubstr("0555")));
    }
}

TEST_F(ValueTest, RowsKnowTheirSizeAndEnd) {
    const Rows rows = run(database->db().query({"series", "select n, n * 10 from generate_series(1, 3) n"}));
    EXPECT_EQ(rows.size(), 3U);
    std::int32_t sum = 0;
    for (const Row row : rows) sum += row.get<std::int32_t>(1);
    EXPECT_EQ(sum, 60);
    EXPECT_THROW(rows[3], MappingError);
    EXPECT_THROW(rows[0].get<std::int32_t>(2), MappingError);
    EXPECT_THROW(rows[0].get<std::int32_t>(-1), MappingError);
    EXPECT_TRUE(run(database->db().query({"none", "select 1 where false"})).empty());
}

}  // namespace
}  // namespace safargo::db
