// The search of places with a real OpenSearch node, where there is one (SAFARGO_TEST_OPENSEARCH_HOME): what it finds,
// beside PostgreSQL, and what people see while it fails.
#include "adapters/opensearch/place_index.hpp"
#include "core/failures.hpp"
#include "features/places/index_keeper.hpp"
#include "features/places/place_queries_test.hpp"
#include "testing/opensearch_node.hpp"
#include "testing/tcp_proxy.hpp"

#include <unistd.h>
#include <chrono>

namespace safargo::places {
namespace {

using namespace std::chrono_literals;

// Programs share the node, so each has names of its own, and takes them away.
class PlacesOnOpenSearch : public LabelledQueries {
protected:
    static void SetUpTestSuite() {
        node = testing::opensearch_node();
        if (!node) return;
        LabelledQueries::SetUpTestSuite();
        net::VendorStatus status{false};
        opensearch::OpenSearchPlaces index(executor(), {}, endpoint(node->port), status, {}, names());
        IndexKeeper keeper(database->db(), &index);
        testing::run(keeper.repair());
    }
    static void TearDownTestSuite() {
        if (!node) return;
        net::Client client(executor(), {});
        const opensearch::Endpoint at = endpoint(node->port);
        testing::run(client.send({.vendor = "opensearch",
                                  .operation = "remove",
                                  .method = "DELETE",
                                  .url = at.base + "/" + names().index(1),
                                  .headers = {{"Authorization", at.authorization}}}));
        node.reset();
        LabelledQueries::TearDownTestSuite();
    }
    void SetUp() override {
        if (!node) GTEST_SKIP() << testing::no_opensearch;
    }

    static inline std::optional<testing::OpenSearchNode> node;

    static boost::asio::any_io_executor executor() { return testing::shared_context()->get_executor(); }
    static opensearch::IndexNames names() { return {.alias = "places" + std::to_string(getpid())}; }
    static opensearch::Endpoint endpoint(std::uint16_t port, const std::string& password = node->password) {
        return opensearch::Endpoint::parse(testing::OpenSearchNode::url_at(port, password));
    }
};

// A search as one thread of a replica has it, through a network that the test can cut.
struct Searching {
    explicit Searching(db::Database& database, const geo::Gazetteer& gazetteer, std::uint16_t port,
                       opensearch::Endpoint endpoint, opensearch::IndexNames names)
        : proxy("127.0.0.1", port),
          index(testing::shared_context()->get_executor(), {}, at_proxy(std::move(endpoint)), status,
                {.search = 300ms, .work = 5s}, std::move(names)),
          finder(database, &index, gazetteer) {}

    opensearch::Endpoint at_proxy(opensearch::Endpoint endpoint) const {
        endpoint.base = "http://127.0.0.1:" + std::to_string(proxy.port());
        return endpoint;
    }
    std::string first(const std::string& words) {
        const auto found = testing::run(finder.find({.words = words}));
        return found.empty() ? "" : found.front().slug;
    }
    // Whether it answered by then.
    bool recovers(std::chrono::seconds within) {
        const auto until = std::chrono::steady_clock::now() + within;
        while (std::chrono::steady_clock::now() < until) {
            try {
                testing::run(index.check());
                return true;
            } catch (const DependencyUnavailable&) {
            } catch (const DeadlineExceeded&) {
            }
        }
        return false;
    }

    testing::TcpProxy proxy;
    net::VendorStatus status{false};
    opensearch::OpenSearchPlaces index;
    PlaceFinder finder;
};

TEST_F(PlacesOnOpenSearch, FindsWhatIsMeantAndTheSameFirstAsPostgresql) {
    net::VendorStatus status{false};
    opensearch::OpenSearchPlaces index(executor(), {}, endpoint(node->port), status, {.search = 5s}, names());
    testing::run(index.check());
    PlaceFinder by_opensearch(database->db(), &index, algeria()), by_postgresql(database->db(), nullptr, algeria());
    const FoundCodes found = ask_all(by_opensearch), instead = ask_all(by_postgresql);
    EXPECT_TRUE(status.up()) << "PostgreSQL answered for it";
    const Recall recall = show("OpenSearch", found);
    EXPECT_GE(recall.at_1(), 0.9);
    EXPECT_GE(recall.at_3(), 0.97);

    int same = 0;
    for (std::size_t i = 0; i < labels().size(); ++i) {
        const std::string one = found[i].empty() ? "" : found[i].front(),
                          other = instead[i].empty() ? "" : instead[i].front();
        same += one == other;
        if (one != other)
            std::printf("other first: %s: OpenSearch %s, PostgreSQL %s\n", labels()[i].query.c_str(), one.c_str(),
                        other.c_str());
    }
    std::printf("the same first result: %d of %zu\n", same, labels().size());
    EXPECT_GE(same, 0.98 * static_cast<double>(labels().size()));
}

TEST_F(PlacesOnOpenSearch, PostgresqlAnswersWhileItIsStoppedFrozenOrCut) {
    Searching searching(database->db(), algeria(), node->port, endpoint(node->port), names());
    ASSERT_TRUE(searching.recovers(5s));
    EXPECT_EQ(searching.first("timgd"), "timgad");
    EXPECT_TRUE(searching.status.up());

    searching.proxy.cut();
    EXPECT_EQ(searching.first("timgd"), "timgad");
    EXPECT_FALSE(searching.status.up());
    searching.proxy.resume();
    ASSERT_TRUE(searching.recovers(40s));
    EXPECT_EQ(searching.first("timgd"), "timgad");
    EXPECT_TRUE(searching.status.up());

    searching.proxy.freeze();
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(searching.first("timgd"), "timgad");
    EXPECT_LT(std::chrono::steady_clock::now() - began, 3s) << "its patience is 0.3 s";
    EXPECT_FALSE(searching.status.up());
    searching.proxy.thaw();
    EXPECT_TRUE(searching.recovers(40s));
}

TEST_F(PlacesOnOpenSearch, AWrongPasswordLeavesTheSearchToPostgresql) {
    Searching searching(database->db(), algeria(), node->port, endpoint(node->port, "wrong"), names());
    EXPECT_THROW(testing::run(searching.index.check()), DependencyUnavailable);
    EXPECT_FALSE(searching.status.up());
    EXPECT_EQ(searching.first("timgd"), "timgad");
}

}  // namespace
}  // namespace safargo::places
