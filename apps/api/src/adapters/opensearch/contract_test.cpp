// What we ask of OpenSearch and what it answers, recorded from a real node (recorded/contract.json). Without a node the
// recorded answers are replayed to the same requests; with one (SAFARGO_TEST_OPENSEARCH_HOME) it answers itself, and
// the requests must still be those that were recorded. SAFARGO_RECORD=1 records anew.
#include "adapters/opensearch/fake_node_test.hpp"
#include "adapters/opensearch/place_index.hpp"
#include "core/failures.hpp"
#include "testing/opensearch_node.hpp"
#include "testing/run_task.hpp"

#include <boost/json.hpp>

#include <gmock/gmock.h>

#include <unistd.h>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace safargo::opensearch {
namespace {

namespace json = boost::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* recording = SAFARGO_RECORDED_DIR "/contract.json";

std::string content_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    while (text.ends_with('\n')) text.pop_back();
    return text;
}

// Of the real node, if there is one.
std::optional<std::string> real_url() {
    const auto node = testing::opensearch_node();
    return node ? std::optional(node->url()) : std::nullopt;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

// One exchange after another, as recorded. Programs share the real node, so there every run has names of its own.
class Recording {
public:
    Recording() {
        const std::string text = content_of(recording);
        if (!text.empty()) exchanges_ = json::parse(text).as_array();
    }

    std::string recorded_name() const { return "safargo-places"; }

    void expect(const Seen& seen, const std::string& name) {
        if (recording_anew()) return;
        ASSERT_LT(next_, exchanges_.size()) << "one more request than recorded: " << seen.target;
        const json::value& wanted = exchanges_[next_];
        EXPECT_EQ(seen.method, std::string(wanted.at("method").as_string()));
        EXPECT_EQ(replaced(seen.target, name, recorded_name()), std::string(wanted.at("target").as_string()));
        EXPECT_EQ(replaced(seen.body, name, recorded_name()), std::string(wanted.at("body").as_string()));
    }
    Reply replay() {
        const json::value& exchange = exchanges_.at(next_++);
        return {.status = static_cast<int>(exchange.at("status").as_int64()),
                .body = std::string(exchange.at("answer").as_string())};
    }
    void record(const Seen& seen, const net::Response& response, const std::string& name) {
        ++next_;
        if (!recording_anew()) return;
        fresh_.push_back({{"method", seen.method},
                          {"target", replaced(seen.target, name, recorded_name())},
                          {"body", replaced(seen.body, name, recorded_name())},
                          {"status", response.status},
                          {"answer", replaced(response.body, name, recorded_name())}});
    }
    void finish() {
        if (recording_anew()) {
            std::ofstream out(recording, std::ios::binary);
            out << "[\n";
            for (std::size_t i = 0; i < fresh_.size(); ++i)
                out << json::serialize(fresh_[i]) << (i + 1 < fresh_.size() ? ",\n" : "\n");
            out << "]\n";
        } else {
            EXPECT_EQ(next_, exchanges_.size()) << "fewer requests than recorded";
        }
    }

    static bool recording_anew() { return std::getenv("SAFARGO_RECORD") != nullptr && real_url(); }

private:
    json::array exchanges_, fresh_;
    std::size_t next_ = 0;
};

class ContractTest : public ::testing::Test {
protected:
    Task<Reply> exchange(Seen seen) {
        recording_.expect(seen, names_.alias);
        if (!real_) co_return recording_.replay();
        const net::Response response = co_await to_node_.send(
            {.vendor = "opensearch",
             .operation = "forward",
             .method = seen.method,
             .url = real_->base + seen.target,
             .headers = {{"Authorization", real_->authorization}, {"Content-Type", "application/json"}},
             .body = seen.body});
        recording_.record(seen, response, names_.alias);
        co_return Reply{.status = response.status, .body = response.body};
    }

    std::vector<std::string> codes(PlaceSearchQuery query) {
        std::vector<std::string> found;
        for (const PlaceHit& hit : testing::run(index_.find(std::move(query)))) found.push_back(hit.code);
        return found;
    }
    std::vector<PlaceMark> marks() { return testing::run(index_.marks()).value(); }

    std::optional<Endpoint> real_ = real_url() ? std::optional(Endpoint::parse(*real_url())) : std::nullopt;
    IndexNames names_{.alias = real_ ? "contract" + std::to_string(getpid()) : "safargo-places"};
    Recording recording_;
    net::Client to_node_{testing::shared_context()->get_executor(), {}};
    FakeNode node_{[this](Seen seen) { return exchange(std::move(seen)); }};
    net::VendorStatus status_{false};
    OpenSearchPlaces index_{
        testing::shared_context()->get_executor(), {.attempts = 1}, Endpoint::parse(node_.url()), status_,
        {.search = std::chrono::seconds{5}},       names_};
};

const PlaceDocument timgad{.kind = NamedKind::place,
                           .code = "timgad",
                           .version = 12,
                           .names = {"Timgad (Thamugadi)", "تيمقاد", "Timgad"},
                           .type = "heritage",
                           .wilaya = 5,
                           .at = {35.4837, 6.467},
                           .weight = 550,
                           .description_fr = "Colonie fondée par Trajan en l'an 100.",
                           .description_ar = "مستعمرة رومانية",
                           .description_en = "A colony founded by Trajan."};
const PlaceDocument djemila{.kind = NamedKind::place,
                            .code = "djemila",
                            .version = 13,
                            .names = {"Djémila (Cuicul)", "جميلة"},
                            .type = "heritage",
                            .wilaya = 19,
                            .at = {36.3209, 5.7354},
                            .weight = 550,
                            .description_fr = "Ville romaine de montagne."};
const PlaceDocument bejaia{.kind = NamedKind::commune,
                           .code = "0601",
                           .version = 14,
                           .names = {"Béjaïa", "بجاية", "Bgayet"},
                           .wilaya = 6,
                           .at = {36.7509, 5.0567},
                           .weight = 671};

TEST_F(ContractTest, WhatIsAskedAndAnsweredIsWhatWasRecorded) {
    if (!real_) std::puts("no OpenSearch node: its recorded answers are replayed");
    const std::vector<NamedKind> all{NamedKind::place, NamedKind::commune};

    EXPECT_EQ(testing::run(index_.marks()), std::nullopt) << "no index yet";
    EXPECT_EQ(testing::run(index_.begin_rebuild()), "1");
    testing::run(index_.fill("1", {timgad, djemila, bejaia}));
    testing::run(index_.finish_rebuild("1"));
    testing::run(index_.check());
    EXPECT_THAT(marks(),
                ElementsAre(PlaceMark{NamedKind::commune, "0601", 14}, PlaceMark{NamedKind::place, "djemila", 13},
                            PlaceMark{NamedKind::place, "timgad", 12}));

    // Typos, other scripts, arabizi, what is typed so far, words around a name.
    for (const char* words : {"timgd", "تيمقاد", "tim9ad", "timg", "ville de Timgad, Algérie"})
        EXPECT_THAT(codes({.words = words}), ElementsAre("timgad")) << words;
    EXPECT_THAT(codes({.words = "devant la gare, Bgayet", .kinds = all}), ElementsAre("0601"));
    EXPECT_THAT(codes({.words = "devant la gare, Bgayet"}), IsEmpty()) << "no place is named so";

    // Filters.
    EXPECT_THAT(codes({.words = "timgad djemila", .type = "heritage", .wilaya = 19}), ElementsAre("djemila"));
    EXPECT_THAT(codes({.words = "timgad bgayet", .kinds = all, .type = "beach"}), ElementsAre("0601"));
    EXPECT_THAT(codes({.words = "timgad djemila", .near = LatLng{35.5, 6.5}, .radius_m = 10'000}),
                ElementsAre("timgad"));
    EXPECT_THAT(codes({.words = "timgad djemila", .south_west = {36, 5}, .north_east = {37, 6}}),
                ElementsAre("djemila"));
    EXPECT_EQ(codes({.words = "timgad djemila", .limit = 1}).size(), 1U);

    EXPECT_EQ(testing::run(index_.find_described({.words = "colonies de Trajan"})).size(), 1U)
        << "inflected, in French";
    EXPECT_THAT(testing::run(index_.find_described({.words = "dunes"})), IsEmpty());

    // An older document never replaces a newer one, whatever comes first.
    PlaceDocument old = timgad;
    old.version = 11;
    old.names = {"Lambèse"};
    testing::run(index_.write({old}));
    testing::run(index_.remove({{NamedKind::place, "djemila", 12}}));
    EXPECT_EQ(marks().size(), 3U);
    EXPECT_THAT(codes({.words = "lambese"}), IsEmpty());
    testing::run(index_.remove({{NamedKind::place, "djemila", 15}, {NamedKind::place, "atlantis", 16}}));
    EXPECT_EQ(marks().size(), 2U);

    // A rebuild beside the index that answers. One that was overtaken changes nothing.
    EXPECT_EQ(testing::run(index_.begin_rebuild()), "2");
    EXPECT_EQ(testing::run(index_.begin_rebuild()), "3");
    testing::run(index_.fill("3", {djemila}));
    EXPECT_EQ(marks().size(), 2U);
    testing::run(index_.finish_rebuild("3"));
    EXPECT_THAT(marks(), ElementsAre(PlaceMark{NamedKind::place, "djemila", 13}));
    EXPECT_THROW(testing::run(index_.fill("2", {timgad})), DependencyUnavailable);
    EXPECT_THROW(testing::run(index_.finish_rebuild("2")), DependencyUnavailable);
    EXPECT_EQ(marks().size(), 1U);
    recording_.finish();
}

// Its indexes are left to nobody else.
TEST_F(ContractTest, RemovesItsIndexesFromTheRealNode) {
    if (!real_) GTEST_SKIP() << testing::no_opensearch;
    const net::Response removed = testing::run(to_node_.send({.vendor = "opensearch",
                                                              .operation = "remove",
                                                              .method = "DELETE",
                                                              .url = real_->base + "/" + names_.index(3),
                                                              .headers = {{"Authorization", real_->authorization}}}));
    EXPECT_EQ(removed.status, 200);
}

}  // namespace
}  // namespace safargo::opensearch
