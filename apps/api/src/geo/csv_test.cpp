#include "geo/csv.hpp"

#include <gmock/gmock.h>

namespace safargo::geo {
namespace {

CsvTable parse(std::string_view text) {
    return CsvTable::parse("t.csv", text, {});
}

std::string refusal(auto&& action) {
    try {
        action();
    } catch (const BadData& bad) {
        return bad.what();
    }
    return "accepted";
}

std::string refusal_of(std::string_view text) {
    return refusal([&] { parse(text); });
}

TEST(Csv, ReadsCellsByColumnName) {
    const auto table = parse("name,code\nOran,31\nAlger,16\n");
    ASSERT_EQ(table.size(), 2u);
    EXPECT_EQ(table.row(0).text("code"), "31");
    EXPECT_EQ(table.row(1).text("name"), "Alger");
}

TEST(Csv, QuotedCellsContainCommasQuotesAndLineEnds) {
    const auto table = parse("a,b\n\"x, \"\"y\"\"\",\"l1\nl2\"\n\"\",\"\"\"\"\n");
    EXPECT_EQ(table.row(0).text("a"), "x, \"y\"");
    EXPECT_EQ(table.row(0).text("b"), "l1\nl2");
    EXPECT_EQ(table.row(1).text("a"), "");
    EXPECT_EQ(table.row(1).text("b"), "\"");
}

TEST(Csv, LastLineEndMayBeMissingAndCrlfIsALineEnd) {
    const auto table = parse("a,b\r\n1,2\r\n3,4");
    ASSERT_EQ(table.size(), 2u);
    EXPECT_EQ(table.row(0).text("b"), "2");
    EXPECT_EQ(table.row(1).text("b"), "4");
}

TEST(Csv, HeaderAloneIsAnEmptyTable) {
    EXPECT_EQ(parse("a,b\n").size(), 0u);
}

TEST(Csv, RefusesWhatRfc4180DoesNotAllow) {
    EXPECT_EQ(refusal_of(""), "t.csv:1: no header");
    EXPECT_EQ(refusal_of("a,b\n1\n"), "t.csv:2: 1 cells, not 2");
    EXPECT_EQ(refusal_of("a,b\n1,2\n\n"), "t.csv:3: 1 cells, not 2");
    EXPECT_EQ(refusal_of("a,b\n1,2,3\n"), "t.csv:2: 3 cells, not 2");
    EXPECT_EQ(refusal_of("a\nx\"y\n"), "t.csv:2: quote inside a cell that is not quoted");
    EXPECT_EQ(refusal_of("a\n\"x\"y\n"), "t.csv:2: text after a closing quote");
    EXPECT_EQ(refusal_of("a\n\"x\n"), "t.csv:2: quote is never closed");
    EXPECT_EQ(refusal_of("a\nx\ry\n"), "t.csv:2: carriage return without line feed");
    EXPECT_EQ(refusal_of("a\n\xff\n"), "t.csv: not UTF-8");
    EXPECT_EQ(refusal_of("a,a\n"), "t.csv:1: column a stands twice");
    EXPECT_EQ(refusal_of("a,\n"), "t.csv:1: a column has no name");
}

TEST(Csv, LinesAreCountedThroughQuotedLineEnds) {
    EXPECT_EQ(refusal_of("a,b\n\"1\n2\",x\n3\n"), "t.csv:4: 1 cells, not 2");
}

TEST(Csv, AMissingColumnIsRefusedAtOnce) {
    EXPECT_EQ(refusal([] { CsvTable::parse("t.csv", "a,b\n", {"b", "c"}); }), "t.csv:1: column c is missing");
}

TEST(Csv, AMissingFileIsRefused) {
    EXPECT_THAT(refusal([] { CsvTable::read("no/such/file.csv", {}); }), testing::HasSubstr("cannot be opened"));
}

TEST(CsvRow, ReadsNumbersFlagsAndPositions) {
    const auto table = parse("n,f,lat,lng\n-7,1,36.5,-0.25\n");
    EXPECT_EQ(table.row(0).integer("n", -10, 10), -7);
    EXPECT_TRUE(table.row(0).flag("f"));
    EXPECT_EQ(table.row(0).position(), (LatLng{36.5, -0.25}));
}

TEST(CsvRow, ErrorsNameFileLineAndColumn) {
    const auto table = parse("n,lat,lng\n1x,91,0\n,1,1\n");
    const auto first = table.row(0), second = table.row(1);
    EXPECT_EQ(refusal([&] { first.integer("n", 0, 9); }), "t.csv:2: n: not an integer");
    EXPECT_EQ(refusal([&] { first.number("n", 0, 9); }), "t.csv:2: n: not a number");
    EXPECT_EQ(refusal([&] { first.position(); }), "t.csv:2: lat: not within -90..90");
    EXPECT_EQ(refusal([&] { first.integer("lat", 0, 90); }), "t.csv:2: lat: not within 0..90");
    EXPECT_EQ(refusal([&] { second.required("n"); }), "t.csv:3: n: empty");
    EXPECT_EQ(refusal([&] { second.integer("n", 0, 9); }), "t.csv:3: n: not an integer");
    EXPECT_EQ(refusal([&] { second.flag("lat"); }), "accepted");
    EXPECT_EQ(refusal([&] { first.flag("lat"); }), "t.csv:2: lat: not within 0..1");
    EXPECT_EQ(refusal([&] { first.text("x"); }), "t.csv:2: x: no such column");
}

TEST(CsvRow, NanIsNotANumber) {
    EXPECT_EQ(refusal([] { parse("x\nnan\n").row(0).number("x", 0, 1); }), "t.csv:2: x: not within 0..1");
}

}  // namespace
}  // namespace safargo::geo
