#include "api/public_answers_world_test.hpp"

#include <utility>

namespace safargo::api {
namespace {

// Two processes with one Redis.
class SharedByReplicasTest : public PublicAnswersTest {
protected:
    void edit_both(std::int64_t version) {
        edit(version);
        elsewhere.version.confirm(version, std::chrono::steady_clock::now() + 1h);
    }
    SharedAnswers elsewhere;
    PublicAnswers here{shared, &cache, "1.0.0"};
    PublicAnswers there{elsewhere, &cache, "1.0.0"};
};

TEST_F(SharedByReplicasTest, OneReplicaMakesItForAll) {
    edit_both(1);
    const http::Response first = ask(here), second = ask(there), third = ask(there);
    EXPECT_EQ(made, 1);
    EXPECT_EQ(second.body, first.body);
    EXPECT_EQ(second.header("ETag"), first.header("ETag"));
    EXPECT_EQ(third.body, first.body);
    EXPECT_EQ(cache.finds, 2) << "then it is in memory";
}

TEST_F(SharedByReplicasTest, ACopyOfAnotherVersionIsNotUsed) {
    edit_both(1);
    ask(here);
    edit_both(2);
    EXPECT_EQ(first_words(ask(there)), "rows of 2");
    SharedAnswers behind;  // has not heard of the edit
    behind.version.confirm(1, std::chrono::steady_clock::now());
    rows = 1;
    PublicAnswers slow(behind, &cache, "1.0.0");
    EXPECT_EQ(first_words(ask(slow)), "rows of 1");
}

TEST_F(SharedByReplicasTest, AnotherBuildHasItsOwn) {
    edit_both(1);
    PublicAnswers newer(elsewhere, &cache, "1.1.0");
    ask(here);
    ask(newer);
    EXPECT_EQ(made, 2);
}

TEST_F(SharedByReplicasTest, WithoutTheCacheEachMakesItsOwn) {
    edit_both(1);
    cache.away = true;
    ask(here);
    ask(there);
    EXPECT_EQ(made, 2);
    ask(here);
    EXPECT_EQ(made, 2);
}

TEST_F(SharedByReplicasTest, AnUnreadableCopyIsMadeAgain) {
    edit_both(1);
    ask(here);
    for (auto& [key, value] : cache.values) value.value = key + "\nno end of the tag";
    EXPECT_EQ(first_words(ask(there)), "rows of 1");
    EXPECT_EQ(made, 2);
}

TEST_F(SharedByReplicasTest, RepliesThatGotMixedUpAnswerNobody) {
    edit_both(1);
    ask(here, request_for("/places", "type=beach"));
    ask(here, request_for("/places", "type=cave"));
    ASSERT_EQ(cache.values.size(), 2U);
    std::swap(cache.values.begin()->second, cache.values.rbegin()->second);
    ask(there, request_for("/places", "type=beach"));
    ask(there, request_for("/places", "type=cave"));
    EXPECT_EQ(made, 4);
}

}  // namespace
}  // namespace safargo::api
