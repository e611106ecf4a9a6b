#include "api/public_answers.hpp"

#include "api/answer.hpp"
#include "core/failures.hpp"
#include "testing/cancellable.hpp"
#include "testing/gate.hpp"
#include "testing/run_task.hpp"

#include <gtest/gtest.h>

#include <list>
#include <map>
#include <utility>
#include <vector>

namespace safargo::api {
namespace {

using namespace std::chrono_literals;

// Runs what can run now.
void settle() {
    testing::shared_context()->restart();
    testing::shared_context()->poll();
}

// The cache of all replicas; it may be away.
class FakeCache final : public Cache {
public:
    Task<std::optional<CachedValue>> find(std::string_view key) override {
        ++finds;
        const auto found = values.find(std::string(key));
        if (away || found == values.end()) co_return std::nullopt;
        co_return found->second;
    }
    Task<void> store(std::string_view key, CachedValue value, std::chrono::seconds kept) override {
        EXPECT_LE(kept, longest);
        if (!away) values.insert_or_assign(std::string(key), std::move(value));
        co_return;
    }
    std::map<std::string, CachedValue> values;
    int finds = 0;
    bool away = false;
};

http::Request request_for(std::string path, std::string query = "", Language language = Language::fr) {
    http::Request request;
    request.path = std::move(path);
    request.query = std::move(query);
    request.context.language = language;
    return request;
}

class PublicAnswersTest : public ::testing::Test {
protected:
    void edit(std::int64_t version) {
        rows = version;
        shared.version.confirm(version, std::chrono::steady_clock::now() + 1h);  // however slow this machine is
    }
    // What a handler would answer now.
    Task<http::Response> make() {
        const std::string body = "rows of " + std::to_string(rows) + std::string(2'000, '.');
        ++made;
        if (gate != nullptr) co_await gate->pass();
        if (broken) throw DependencyUnavailable("database", "away");
        http::Response response{.status = status, .body = body};
        if (with_etag) response.headers.emplace_back("ETag", etag_of(body));
        co_return response;
    }
    http::Response ask(PublicAnswers& asked, const http::Request& request = request_for("/places")) {
        return testing::run(asked.answer(request, [this] { return make(); }));
    }
    Task<void> ask_into(PublicAnswers& asked, http::Response& response) {
        const http::Request request = request_for("/places");
        response = co_await asked.answer(request, [this] { return make(); });
    }
    Task<void> ask_after_an_edit(http::Response& response, testing::Gate& then) {
        edit(2);
        gate = nullptr;
        co_await ask_into(answers, response);
        co_await then.pass();
    }
    std::string first_words(const http::Response& response) { return response.body.substr(0, response.body.find('.')); }

    SharedAnswers shared;
    FakeCache cache;
    PublicAnswers answers{shared, nullptr, "1.0.0"};
    std::int64_t rows = 1;
    int made = 0, status = 200;
    bool broken = false, with_etag = true;
    testing::Gate* gate = nullptr;
};

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
