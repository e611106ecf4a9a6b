#include "api/public_answers_world_test.hpp"

#include <list>
#include <vector>

namespace safargo::api {
namespace {

TEST_F(PublicAnswersTest, AreMadeOnceForEveryone) {
    edit(1);
    const http::Response first = ask(answers), second = ask(answers);
    EXPECT_EQ(made, 1);
    EXPECT_EQ(first.body, second.body);
    EXPECT_EQ(first.header("ETag"), second.header("ETag"));
    EXPECT_EQ(second.header("ETag"), etag_of(second.body));
    EXPECT_EQ(second.content_type, "application/json");
    ASSERT_TRUE(second.gzipped);
    EXPECT_EQ(*second.gzipped, http::Compressor().gzip(second.body));
}

TEST_F(PublicAnswersTest, EachPathQueryAndLanguageHasItsOwn) {
    edit(1);
    ask(answers, request_for("/places", "type=beach"));
    for (const auto& other : {request_for("/places", "type=cave"), request_for("/places/x"), request_for("/places"),
                              request_for("/places", "type=beach", Language::ar)}) {
        const int before = made;
        ask(answers, other);
        EXPECT_EQ(made, before + 1) << other.path << '?' << other.query;
    }
    ask(answers, request_for("/places", "type=beach"));
    EXPECT_EQ(made, 5);
}

TEST_F(PublicAnswersTest, AnEditIsSeenAsSoonAsItsVersion) {
    edit(1);
    EXPECT_EQ(first_words(ask(answers)), "rows of 1");
    edit(2);
    EXPECT_EQ(first_words(ask(answers)), "rows of 2");
    EXPECT_EQ(made, 2);
}

// PostgreSQL may be away, and other replicas go on editing.
TEST_F(PublicAnswersTest, NothingIsServedThatWasNotConfirmedWithinASecond) {
    ask(answers);
    EXPECT_EQ(made, 1) << "before the first confirmation";
    shared.version.confirm(1, std::chrono::steady_clock::now());
    ask(answers);
    shared.version.confirm(1, std::chrono::steady_clock::now() - DataVersion::longest - 1ms);
    ask(answers);
    ask(answers);
    EXPECT_EQ(made, 4);
    shared.version.confirm(1, std::chrono::steady_clock::now());
    ask(answers);
    EXPECT_EQ(made, 4);
    EXPECT_LT(DataVersion::longest, 1s);
}

TEST_F(PublicAnswersTest, RequestsThatComeTogetherShareOneMaking) {
    edit(1);
    testing::Gate arrived(2);  // the maker, and the test once everybody has asked
    gate = &arrived;
    std::vector<http::Response> responses(5);
    std::vector<Task<void>> all;
    for (http::Response& mine : responses) all.push_back(ask_into(answers, mine));
    all.push_back(arrived.pass());
    testing::run_all(std::move(all));
    EXPECT_EQ(made, 1);
    for (const http::Response& one : responses) EXPECT_EQ(first_words(one), "rows of 1");
}

// They asked after an edit that the answer being made does not show.
TEST_F(PublicAnswersTest, OneOfThoseWhoWaitTakesThePlaceOfWhoLeft) {
    edit(1);
    testing::Gate never(100);
    gate = &never;
    http::Response lost;
    testing::Cancellable first(ask_into(answers, lost));
    std::vector<http::Response> responses(5);
    std::list<testing::Cancellable> others;
    for (http::Response& response : responses) others.emplace_back(ask_into(answers, response));
    settle();
    EXPECT_EQ(made, 1);
    first.cancel();
    first.wait();
    settle();
    EXPECT_EQ(made, 2) << "the others wait for one of them";
    never.open();
    for (const testing::Cancellable& other : others) other.wait();
    EXPECT_EQ(made, 2);
    for (const http::Response& response : responses) EXPECT_EQ(first_words(response), "rows of 1");
}

TEST_F(PublicAnswersTest, NobodyGetsAnAnswerThatWasBegunBeforeTheEditTheyKnowOf) {
    edit(1);
    testing::Gate held(2);
    gate = &held;
    http::Response early, late;
    std::vector<Task<void>> all;
    all.push_back(ask_into(answers, early));
    all.push_back(ask_after_an_edit(late, held));
    testing::run_all(std::move(all));
    EXPECT_EQ(first_words(early), "rows of 1");
    EXPECT_EQ(first_words(late), "rows of 2");
    gate = nullptr;
    EXPECT_EQ(first_words(ask(answers)), "rows of 2");
}

TEST_F(PublicAnswersTest, AFailureIsEverybodysOwnAndIsNotKept) {
    edit(1);
    broken = true;
    EXPECT_THROW(ask(answers), DependencyUnavailable);
    broken = false;
    EXPECT_EQ(first_words(ask(answers)), "rows of 1");
}

TEST_F(PublicAnswersTest, OnlyWholeAnswersAreKept) {
    edit(1);
    status = 404;
    ask(answers);
    EXPECT_EQ(ask(answers).status, 404);
    EXPECT_EQ(made, 2);
    status = 200;
    with_etag = false;
    ask(answers);
    ask(answers);
    EXPECT_EQ(made, 4);
}

TEST_F(PublicAnswersTest, LongQueriesAreNotKept) {
    edit(1);
    ask(answers, request_for("/places", std::string(3'000, 'q')));
    EXPECT_EQ(shared.memory.entries(), 0U);
}

TEST_F(PublicAnswersTest, WhatDependsOnMoreThanTheRowsIsNotKept) {
    edit(1);
    PublicAnswers choosy(shared, nullptr, "1.0.0", [](const http::Request& request) { return request.query.empty(); });
    ask(choosy, request_for("/places", "q=oran"));
    EXPECT_EQ(shared.memory.entries(), 0U);
    ask(choosy);
    EXPECT_EQ(shared.memory.entries(), 1U);
}

TEST(CacheBudget, LimitsWhatOneProcessStoresInAMinute) {
    CacheBudget budget;
    const auto now = CacheBudget::Time{} + 1h;
    EXPECT_TRUE(budget.spend(CacheBudget::bytes_a_minute - 10, now));
    EXPECT_FALSE(budget.spend(11, now + 59s));
    EXPECT_TRUE(budget.spend(10, now + 59s));
    EXPECT_FALSE(budget.spend(1, now + 59s));
    EXPECT_TRUE(budget.spend(1, now + 60s));
}

}  // namespace
}  // namespace safargo::api
