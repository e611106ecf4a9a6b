// What OpenSearch does wrong, and what becomes of it.
#include "adapters/opensearch/place_index.hpp"

#include "adapters/opensearch/fake_node_test.hpp"
#include "core/failures.hpp"
#include "testing/run_task.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace safargo::opensearch {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* no_hits = R"({"timed_out":false,"_shards":{"failed":0},"hits":{"hits":[]}})";

class PlaceIndexTest : public ::testing::Test {
protected:
    // The reply to everything, from now on.
    void reply(Reply next) { next_ = std::move(next); }

    OpenSearchPlaces index(const std::string& user = "app:hunter2") {
        return {testing::shared_context()->get_executor(),
                {.attempts = 1},
                Endpoint::parse(node_.url(user)),
                status_,
                {.search = 1s, .work = 1s}};
    }
    void search() {
        auto places = index();
        testing::run(places.find({.words = "Timgad"}));
    }
    void check() {
        auto places = index();
        testing::run(places.check());
    }
    // "" if it answered, otherwise what it threw.
    template <class Work>
    std::string failure_of(Work work) {
        try {
            work();
        } catch (const DependencyUnavailable& failure) {
            EXPECT_THAT(failure.what(), Not(HasSubstr("hunter2")));
            return failure.what();
        } catch (const DeadlineExceeded&) {
            return "too late";
        }
        return "";
    }

    Reply next_{.body = no_hits};
    FakeNode node_{[this](Seen) { return current(); }};
    net::VendorStatus status_{false};

private:
    Task<Reply> current() { co_return next_; }
};

TEST_F(PlaceIndexTest, SignsInAndAsksTheAlias) {
    check();
    search();
    ASSERT_EQ(node_.seen().size(), 2U);
    EXPECT_EQ(node_.seen()[0].target, "/safargo-places/_count");
    EXPECT_EQ(node_.seen()[1].target, "/safargo-places/_search");
    for (const Seen& seen : node_.seen()) EXPECT_EQ(seen.authorization, "Basic YXBwOmh1bnRlcjI=");
}

TEST_F(PlaceIndexTest, IsDownUntilItAnswers) {
    EXPECT_FALSE(status_.up());
    EXPECT_THAT(failure_of([&] { search(); }), HasSubstr("did not answer the last time"));
    EXPECT_TRUE(node_.seen().empty()) << "nobody waits for it";
    check();
    EXPECT_TRUE(status_.up());
    EXPECT_TRUE(status_.latency_ms());
    EXPECT_EQ(failure_of([&] { search(); }), "");
}

TEST_F(PlaceIndexTest, EveryFaultIsAFailureWithinItsPatienceAndIsForgottenOnceItAnswers) {
    struct Fault {
        const char* what;
        Reply reply;
        const char* said;
    };
    for (const auto& [what, fault, said] :
         std::initializer_list<Fault>{{"frozen", {.manner = Manner::silent}, "too late"},
                                      {"torn", {.body = no_hits, .manner = Manner::torn}, ""},
                                      {"broken JSON", {.body = R"({"timed_out":false,)"}, "unreadable answer: JSON"},
                                      {"not JSON", {.body = "<html>"}, "unreadable answer: JSON"},
                                      {"other JSON", {.body = "{}"}, "unreadable answer: timed_out"},
                                      {"huge", {.body = std::string(3 << 20, ' ') + no_hits}, ""},
                                      {"wrong password", {.status = 401}, "it refuses our user or password"},
                                      {"forbidden", {.status = 403}, "it refuses our user or password"},
                                      {"no index", {.status = 404}, "it has no index"},
                                      {"busy", {.status = 429}, "it has too much to do"},
                                      {"failing", {.status = 503}, ""},
                                      {"elsewhere", {.status = 302}, "it refuses the request"}}) {
        reply({.body = no_hits});
        check();
        reply(fault);
        const auto began = std::chrono::steady_clock::now();
        const std::string failure = failure_of([&] { search(); });
        EXPECT_LT(std::chrono::steady_clock::now() - began, 10s) << what;
        EXPECT_THAT(failure, HasSubstr(said)) << what;
        EXPECT_NE(failure, "") << what;
        EXPECT_FALSE(status_.up()) << what;
    }
    reply({.body = no_hits});
    check();
    EXPECT_EQ(failure_of([&] { search(); }), "") << "it recovers";
}

TEST_F(PlaceIndexTest, AStoppedNodeIsUnavailable) {
    check();
    node_.stop();
    EXPECT_NE(failure_of([&] { search(); }), "");
    EXPECT_FALSE(status_.up());
    EXPECT_NE(failure_of([&] { check(); }), "");
}

TEST_F(PlaceIndexTest, ARefusedDocumentDoesNotStopSearches) {
    check();
    reply({.body = R"({"errors":true,"items":[{"index":{"status":400}}]})"});
    auto places = index();
    const PlaceDocument document{.code = "timgad", .version = 1, .names = {"Timgad"}, .wilaya = 5};
    EXPECT_THAT(failure_of([&] { testing::run(places.write({document})); }), HasSubstr("a document was refused"));
    EXPECT_TRUE(status_.up());
}

TEST_F(PlaceIndexTest, NothingToDoAsksNothing) {
    check();
    auto places = index();
    testing::run(places.write({}));
    testing::run(places.remove({}));
    testing::run(places.fill("1", {}));
    EXPECT_TRUE(testing::run(places.find({.words = " ,; "})).empty());
    EXPECT_EQ(node_.seen().size(), 1U);
}

TEST_F(PlaceIndexTest, AnOlderLayoutMustBeRebuilt) {
    auto places = index();
    reply({.body = R"({"safargo-places-1":{"mappings":{"_meta":{"layout":0}}}})"});
    EXPECT_EQ(testing::run(places.marks()), std::nullopt);
    reply({.status = 404});
    EXPECT_EQ(testing::run(places.marks()), std::nullopt);
}

// A node whose index has an older layout.
class OldLayoutTest : public ::testing::Test {
protected:
    Reply reply_to(const Seen& seen) {
        if (seen.method == "PUT") created_ = true;
        if (seen.target.ends_with("/_mapping"))
            return {.body = R"({"safargo-places-4":{"mappings":{"_meta":{"layout":)" +
                            std::to_string(layout_version - 1) + "}}}}"};
        if (seen.target.starts_with("/_cat/")) return {.body = created_ ? two_indexes : old_index};
        if (seen.target.contains("/_bulk")) return {.body = R"({"items":[{"index":{"status":201}}]})"};
        return {};
    }
    // As "PUT /safargo-places-5".
    std::vector<std::string> asked() const {
        std::vector<std::string> all;
        for (const Seen& seen : node_.seen()) all.push_back(seen.method + ' ' + seen.target);
        return all;
    }
    const std::string& body_of(std::string_view target) const {
        return std::ranges::find(node_.seen(), target, &Seen::target)->body;
    }

    static constexpr const char* old_index = R"([{"index":"safargo-places-4"}])";
    static constexpr const char* two_indexes = R"([{"index":"safargo-places-4"},{"index":"safargo-places-5"}])";

    FakeNode node_{[this](Seen seen) { return always(reply_to(seen))(seen); }};
    net::VendorStatus status_{false};
    OpenSearchPlaces places_{
        testing::shared_context()->get_executor(), {.attempts = 1}, Endpoint::parse(node_.url()), status_};

private:
    bool created_ = false;
};

TEST_F(OldLayoutTest, IsAnsweredFromWhileTheNewIndexIsFilledAndThenReplacedAtOnce) {
    EXPECT_EQ(testing::run(places_.marks()), std::nullopt);
    const std::string fresh = testing::run(places_.begin_rebuild());
    const PlaceDocument document{.code = "timgad", .version = 1, .names = {"Timgad"}, .wilaya = 5};
    testing::run(places_.fill(fresh, {document}));
    testing::run(places_.finish_rebuild(fresh));
    EXPECT_THAT(asked(), ::testing::ElementsAre(
                             "GET /safargo-places/_mapping", "GET /_cat/indices/safargo-places-*?format=json&h=index",
                             "PUT /safargo-places-5", "POST /safargo-places-building-5/_bulk?require_alias=true",
                             "POST /safargo-places-5/_refresh",
                             "GET /_cat/indices/safargo-places-*?format=json&h=index", "POST /_aliases"));
    EXPECT_EQ(body_of("/safargo-places-5"), definition("safargo-places-building-5"));
    EXPECT_EQ(body_of("/_aliases"), R"({"actions":[{"add":{"index":"safargo-places-5","alias":"safargo-places"}},)"
                                    R"({"remove":{"index":"safargo-places-5","alias":"safargo-places-building-5"}},)"
                                    R"({"remove_index":{"index":"safargo-places-4"}}]})");
}

TEST_F(OldLayoutTest, StaysWhenTheNewIndexCannotBeFilled) {
    const std::string fresh = testing::run(places_.begin_rebuild());
    testing::run(places_.abandon_rebuild(fresh));
    EXPECT_EQ(asked().back(), "DELETE /safargo-places-5");
}

TEST_F(PlaceIndexTest, FailedRebuildsDoNotFillTheNode) {
    std::string many = "[";
    for (int number = 1; number <= 10; ++number)
        many += (number > 1 ? "," : "") + std::string(R"({"index":"safargo-places-)") + std::to_string(number) + "\"}";
    reply({.body = many + ']'});
    auto places = index();
    EXPECT_THAT(failure_of([&] { testing::run(places.begin_rebuild()); }), HasSubstr("rebuilds have failed"));
    EXPECT_EQ(node_.seen().size(), 1U) << "no eleventh index";
}

}  // namespace
}  // namespace safargo::opensearch
