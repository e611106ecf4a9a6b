#include "db/copy_row.hpp"

#include "db/database_error.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>

namespace safargo::db {
namespace {

using namespace std::string_literals;
using ::testing::ElementsAre;
using testing::run;

constexpr std::array<CopyColumn, 3> columns{{{"id", 20}, {"name", 25}, {"prices", 1016}}};
const std::string header = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0"s;
const std::string end_mark = "\377\377"s;
const std::string row = "\0\3\0\0\0\10\0\0\0\0\0\0\0\7\0\0\0\2AB\377\377\377\377"s;  // 7, "AB", null
const std::string first_chunk = header + row;

TEST(CopyRow, ReadsWhatTheServerSends) {
    testing::TestDatabase database{testing::TestDatabase::Start::empty};
    Transaction transaction = run(database.db().begin());
    CopyRow read{columns};
    std::vector<std::string> names;
    std::vector<std::vector<std::int64_t>> prices;
    run(transaction.copy_out(R"(copy (values (1::int8, 'بجاية', '{700,900}'::int8[]), (2, null, '{}'))
                                to stdout (format binary))",
                             [&](std::string_view chunk) {
                                 if (!read.take(chunk)) return;
                                 EXPECT_EQ(read.get<std::int64_t>(0), std::ssize(names) + 1);
                                 names.push_back(read.get<std::optional<std::string>>(1).value_or("(null)"));
                                 prices.push_back(read.get<std::vector<std::int64_t>>(2));
                             }));
    EXPECT_THAT(names, ElementsAre("بجاية", "(null)"));
    EXPECT_THAT(prices, ElementsAre(ElementsAre(700, 900), ElementsAre()));
}

TEST(CopyRow, TakesTheHeaderWithTheFirstRowOrWithTheEnd) {
    CopyRow read{columns};
    ASSERT_TRUE(read.take(first_chunk));
    EXPECT_EQ(read.get<std::int64_t>(0), 7);
    ASSERT_TRUE(read.take(row));
    EXPECT_EQ(read.get<std::string>(1), "AB");
    EXPECT_FALSE(read.take(end_mark));
    EXPECT_FALSE(CopyRow{columns}.take(header + end_mark));
    EXPECT_FALSE(CopyRow{columns}.take(header));
}

TEST(CopyRow, IsAsStrictAsRow) {
    CopyRow read{columns};
    ASSERT_TRUE(read.take(first_chunk));
    EXPECT_THROW(read.get<std::int64_t>(1), MappingError);
    EXPECT_THROW(read.get<std::vector<std::int64_t>>(2), MappingError);  // null
    EXPECT_THROW(read.get<std::int64_t>(3), MappingError);
    EXPECT_THROW(read.get<std::int64_t>(-1), MappingError);
}

TEST(CopyRow, RefusesBytesThatAreNoRow) {
    EXPECT_THROW(CopyRow{columns}.take("PGCOPX\n\377\r\n\0\0\0\0\0\0\0\0\0"s + row), MappingError);
    EXPECT_THROW(CopyRow{columns}.take("PGCOPY\n\377\r\n\0\0\0\0\0\377\377\377\377"s + row), MappingError);
    for (std::size_t size = 1; size < row.size(); ++size) {
        CopyRow read{columns};
        EXPECT_THROW(read.take(header + row.substr(0, size)), MappingError) << size;
    }
    EXPECT_THROW(CopyRow{std::span(columns).first(2)}.take(header + row), MappingError);
}

}  // namespace
}  // namespace safargo::db
