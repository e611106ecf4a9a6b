// A node that answers each request as a test says: well, badly, slowly or not at all.
#pragma once

#include "core/task.hpp"
#include "testing/http_double.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace safargo::opensearch {

struct Seen {
    std::string method, target, authorization, body;
};

using Reply = testing::Answer;
using Manner = Reply::Manner;

class FakeNode {
public:
    using Handler = std::function<Task<Reply>(Seen)>;

    explicit FakeNode(Handler handler);  // on shared_context()

    std::string url(const std::string& user_info = "") const;
    const std::vector<Seen>& seen() const { return *seen_; }
    void stop() { http_.stop(); }  // refuses connections and ends those there are

private:
    std::shared_ptr<std::vector<Seen>> seen_ = std::make_shared<std::vector<Seen>>();
    testing::HttpDouble http_;
};

// The same reply to everything.
FakeNode::Handler always(Reply reply);

}  // namespace safargo::opensearch
