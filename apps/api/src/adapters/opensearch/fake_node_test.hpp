// A server that answers each request as a test says: well, badly, slowly or not at all.
#pragma once

#include "core/task.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace safargo::opensearch {

struct Seen {
    std::string method, target, authorization, body;
};

enum class Manner {
    whole,
    silent,  // the request is read, and nothing comes
    torn     // half of the answer, then the connection ends
};

struct Reply {
    int status = 200;
    std::string body = "{}";
    Manner manner = Manner::whole;
};

class FakeNode {
public:
    using Handler = std::function<Task<Reply>(Seen)>;

    explicit FakeNode(Handler handler);  // on shared_context()
    ~FakeNode();
    FakeNode(const FakeNode&) = delete;
    FakeNode& operator=(const FakeNode&) = delete;

    std::string url(const std::string& user_info = "") const;
    const std::vector<Seen>& seen() const;
    void stop();  // refuses connections and ends those there are

private:
    struct State;
    std::shared_ptr<State> state_;
};

// The same reply to everything.
FakeNode::Handler always(Reply reply);

}  // namespace safargo::opensearch
