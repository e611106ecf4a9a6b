#include "adapters/opensearch/fake_node_test.hpp"

#include <utility>

namespace safargo::opensearch {
namespace {

Task<Reply> the_same(Reply reply) {
    co_return reply;
}

testing::HttpDouble::WaitingHandler seen_first(std::shared_ptr<std::vector<Seen>> seen, FakeNode::Handler handler) {
    return [seen = std::move(seen), handler = std::move(handler)](const testing::Asked& asked) {
        const Seen request{.method = asked.method,
                           .target = asked.target,
                           .authorization = std::string(asked.header("authorization")),
                           .body = asked.body};
        seen->push_back(request);
        return handler(request);
    };
}

}  // namespace

FakeNode::Handler always(Reply reply) {
    return [reply](Seen) { return the_same(reply); };
}

FakeNode::FakeNode(Handler handler) : http_(seen_first(seen_, std::move(handler))) {}

std::string FakeNode::url(const std::string& user_info) const {
    const std::string at = http_.url();  // "http://127.0.0.1:4711"
    return user_info.empty() ? at : at.substr(0, 7) + user_info + '@' + at.substr(7);
}

}  // namespace safargo::opensearch
