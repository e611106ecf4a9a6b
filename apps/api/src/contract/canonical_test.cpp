#include "contract/canonical.hpp"

#include <gtest/gtest.h>

namespace safargo::contract {
namespace {

std::string of(std::string_view json) {
    const auto node = read_json(json);
    EXPECT_TRUE(node) << json;
    return node ? canonical_text(*node) : std::string();
}

TEST(Canonical, IgnoresFormatting) {
    struct Row {
        const char *one, *other;
    };
    for (const Row& row :
         {Row{R"({"a":1,"b":[true,null]})", " {\n\"b\" : [ true ,\tnull ] , \"a\" : 1 }\r\n"},
          Row{R"({"z":{"y":1,"x":2}})", R"({"z":{"x":2,"y":1}})"}, Row{R"("é\n/")", R"("\u00e9\u000a\/")"},
          Row{R"("😀")", R"("\ud83d\ude00")"}, Row{R"({"\u0061":1})", R"({"a":1})"}, Row{"1", "1.0"},
          Row{"100000", "1e5"}, Row{"-0", "0"}, Row{"-0.0", "0"}, Row{"36.50", "365e-1"}, Row{"{}", "{ }"}}) {
        EXPECT_EQ(of(row.one), of(row.other)) << row.one << " and " << row.other;
    }
}

TEST(Canonical, KeepsTheMeaning) {
    const std::vector<std::string> all{"{}",
                                       "[]",
                                       "null",
                                       "0",
                                       "\"\"",
                                       "\"0\"",
                                       "false",
                                       R"({"a":1})",
                                       R"(["a",1])",
                                       R"([["a",1]])",
                                       R"({"a":"1"})",
                                       R"({"a":null})",
                                       R"({"a":{}})",
                                       R"({"a":[]})",
                                       R"({"a":1,"b":2})",
                                       R"({"a":2,"b":1})",
                                       "[1,2]",
                                       "[2,1]",
                                       "[[1],2]",
                                       "[[1,2]]",
                                       R"(["a","b"])",
                                       R"(["a\",\"b"])",
                                       R"(["a,b"])",
                                       "1.5",
                                       "9007199254740993",
                                       "9007199254740992",
                                       R"("é")",
                                       R"("e\u0301")",
                                       R"("A")",
                                       R"("a")",
                                       R"({"a\":1,\"b":1})"};
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) EXPECT_NE(of(all[i]), of(all[j])) << all[i] << " and " << all[j];
    }
}

}  // namespace
}  // namespace safargo::contract
