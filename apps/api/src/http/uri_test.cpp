#include "http/uri.hpp"

#include <gmock/gmock.h>

namespace safargo::http {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST(PercentDecode, TakesAnyCaseOfHexadecimal) {
    EXPECT_EQ(percent_decode("a%2Fb%2fc"), "a/b/c");
    EXPECT_EQ(percent_decode("Alg%C3%A9rie"), "Algérie");
    EXPECT_EQ(percent_decode(""), "");
}

TEST(PercentDecode, PlusIsASpaceOnlyInQueries) {
    EXPECT_EQ(percent_decode("a+b"), "a+b");
    EXPECT_EQ(percent_decode("a+b%2B", Plus::space), "a b+");
}

TEST(PercentDecode, RefusesWhatIsCutOrNoText) {
    for (const char* bad : {"%", "%4", "%zz", "%4g", "a%", "%00", "%0a", "%7F", "%ff", "%C3", "%ED%A0%80"}) {
        EXPECT_EQ(percent_decode(bad), std::nullopt) << bad;
    }
}

TEST(ParseQuery, KeepsOrderAndDuplicates) {
    EXPECT_THAT(*parse_query("a=1&b=%20x&a=2+3"), ElementsAre(Pair("a", "1"), Pair("b", " x"), Pair("a", "2 3")));
}

TEST(ParseQuery, ANameAloneHasNoValueAndEmptyPairsAreSkipped) {
    EXPECT_THAT(*parse_query("a&&b=&=c&"), ElementsAre(Pair("a", ""), Pair("b", ""), Pair("", "c")));
    EXPECT_THAT(*parse_query(""), IsEmpty());
    EXPECT_THAT(*parse_query("near=36.7,3.0=x"), ElementsAre(Pair("near", "36.7,3.0=x")));
}

TEST(ParseQuery, OneBadPairSpoilsTheQuery) {
    EXPECT_EQ(parse_query("a=1&b=%"), std::nullopt);
    EXPECT_EQ(parse_query("%ff=1"), std::nullopt);
}

}  // namespace
}  // namespace safargo::http
