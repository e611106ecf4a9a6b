// However bad a request is, the size of the error response and the reading time stay bounded.
#include "contract/field_path.hpp"
#include "contract/json.hpp"
#include "contract/query.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace safargo::contract {
namespace {

struct Item {
    std::int64_t number;
};
BOOST_DESCRIBE_STRUCT(Item, (), (number))

struct Basket {
    std::optional<List<Item, 0, 500>> items;
    std::optional<std::int64_t> number;
};
BOOST_DESCRIBE_STRUCT(Basket, (), (items, number))

constexpr std::size_t most_named = Errors::most + 1;  // plus one for the count of the others

std::size_t bytes(const Error& error) {
    std::size_t size = 0;
    for (const FieldError& field : error.fields) {
        size += field.field.size() + field.violation.first.size() + field.violation.second.size();
    }
    return size;
}

// The error, which must be short.
Error refusal(std::string_view text) {
    const auto read = parse_json<Basket>(text);
    EXPECT_FALSE(read);
    if (read) return {.code = Code::internal_error};
    EXPECT_LE(read.error().fields.size(), most_named);
    EXPECT_LE(bytes(read.error()), most_named * (FieldPath::longest + 20));
    return read.error();
}

std::string repeated(std::size_t times, std::string_view text) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += (i == 0 ? "" : ",") + std::string(text);
    return all;
}

TEST(Bounds, ErrorsBeyondTheFirstAreCounted) {
    std::string body = "{";
    for (int i = 0; i < 100; ++i) body += (i == 0 ? "\"x" : ",\"x") + std::to_string(i) + "\":1";
    const Error error = refusal(body + "}");
    ASSERT_EQ(error.fields.size(), most_named);
    EXPECT_EQ(error.fields[0], (FieldError{"x0", {Rule::unknown_field}}));
    EXPECT_EQ(error.fields[19], (FieldError{"x19", {Rule::unknown_field}}));
    EXPECT_EQ(error.fields[20], (FieldError{"", {Rule::more_errors, "80"}}));
}

TEST(Bounds, ErrorsUpToTheLimitAreAllNamed) {
    Errors errors;
    for (std::size_t i = 0; i < Errors::most; ++i) errors.within(i, [&] { errors.add({Rule::required}); });
    const Error error = errors.take();
    ASSERT_EQ(error.fields.size(), Errors::most);
    EXPECT_EQ(error.fields.back().field, "[19]");
}

TEST(Bounds, EveryItemOfAListMayBeWrong) {
    const Error error = refusal(R"({"items":[)" + repeated(500, "{}") + "]}");
    ASSERT_EQ(error.fields.size(), most_named);
    EXPECT_EQ(error.fields[3], (FieldError{"items[3].number", {Rule::required}}));
    EXPECT_EQ(error.fields[20], (FieldError{"", {Rule::more_errors, "480"}}));
}

// Seven concurrent requests of this kind once used a gigabyte.
TEST(Bounds, NestedDuplicateKeysGetAShortAnswer) {
    const std::string name(250, 'k');
    std::string open, close;
    for (int depth = 0; depth < 14; ++depth) {
        open += "{\"" + name + "\":";
        close += "}";
    }
    const std::string inner = "[" + repeated(900, R"({"a":1,"a":2,"a":3,"a":4,"a":5,"a":6,"a":7,"a":8})") + "]";
    const std::string body = open + inner + close;
    const auto began = std::chrono::steady_clock::now();
    const Error error = refusal(body);
    EXPECT_EQ(error.code, Code::validation_failed);
    EXPECT_EQ(error.fields.back(), (FieldError{"", {Rule::more_errors, "6280"}}));
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(2));

    const Error twice = refusal(open + R"({"a":1,"a":2})" + close);
    EXPECT_EQ(twice.code, Code::validation_failed);
    EXPECT_LE(twice.fields[0].field.size(), FieldPath::longest);

    const Error many = refusal("[" + repeated(200, R"({"a":1,"a":2,"a":3})") + "]");
    ASSERT_EQ(many.fields.size(), most_named);
    EXPECT_EQ(many.fields[0], (FieldError{"[0].a", {Rule::duplicate_field}}));
    EXPECT_EQ(many.fields[20], (FieldError{"", {Rule::more_errors, "380"}}));
}

TEST(Bounds, ReadingStopsAtTheLimits) {
    const auto only = [](const Error& error) {
        EXPECT_EQ(error.code, Code::malformed_request);
        EXPECT_EQ(error.fields.size(), 1U);
        return error.fields.at(0).violation;
    };
    std::string keys = "{\"k\":0";
    for (int i = 0; i < 8'000; ++i) keys += ",\"k" + std::to_string(i) + "\":0";
    EXPECT_EQ(only(refusal(keys + "}")), (Violation{Rule::too_many, "200"}));
    EXPECT_EQ(only(refusal("[" + repeated(30'000, "0") + "]")), (Violation{Rule::too_many, "1000"}));
    EXPECT_EQ(only(refusal("[" + repeated(20, "[" + repeated(999, "0") + "]") + "]")),
              (Violation{Rule::too_many, "10000"}));
    EXPECT_EQ(only(refusal(std::string(60'000, '['))), (Violation{Rule::too_deep}));
    EXPECT_EQ(only(refusal("{\"" + std::string(60'000, 'k') + "\":0}")), (Violation{Rule::too_long, "256"}));
}

TEST(Bounds, LongClientNamesAreCutAtACharacter) {
    for (const std::string_view character : {"x", "é", "و", "😀"}) {
        std::string name;
        while (name.size() + character.size() <= 250) name += character;
        const Error error = refusal("{\"" + name + "\":1}");
        ASSERT_EQ(error.fields.size(), 1U);
        EXPECT_LE(error.fields[0].field.size(), FieldPath::longest_name);
        EXPECT_TRUE(is_valid_utf8(error.fields[0].field));
        EXPECT_TRUE(error.fields[0].field.ends_with("…"));
    }
}

TEST(Bounds, QueriesAreBoundedToo) {
    const std::string name(3'000, 'q');
    std::string many;
    for (int i = 0; i < 60; ++i) many.append(i == 0 ? "" : "&").append(100, 'p').append(std::to_string(i)).append("=1");
    for (const std::string& query :
         {name, name + "=%zz", name + "=1&" + name + "=2", many, "number=" + name, name + "=%ff", "%ff=" + name,
          many + "&" + many, std::string("number=1&number=") + name}) {
        const auto read = parse_query<Item>(query);
        ASSERT_FALSE(read) << query.substr(0, 20);
        EXPECT_LE(read.error().fields.size(), most_named);
        EXPECT_LE(bytes(read.error()), most_named * (FieldPath::longest_name + 20)) << query.substr(0, 20);
    }
}

TEST(FieldPath, IsShortAtAnyDepth) {
    FieldPath path;
    path.add_name("stops");
    path.add_index(1);
    path.add_name("price");
    EXPECT_EQ(std::move(path).take(), "stops[1].price");
    FieldPath deep;
    for (int i = 0; i < 1'000; ++i) deep.add_name("وهران");
    const std::string text = std::move(deep).take();
    EXPECT_LE(text.size(), FieldPath::longest);
    EXPECT_TRUE(is_valid_utf8(text));
}

}  // namespace
}  // namespace safargo::contract
