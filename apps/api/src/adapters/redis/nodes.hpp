// The servers that a client is connected to, by address.
#pragma once

#include "adapters/redis/node.hpp"

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace safargo::redis {

class Nodes {
public:
    explicit Nodes(std::shared_ptr<const Node::Surroundings> surroundings) : surroundings_(std::move(surroundings)) {}

    // Connects if it is new. Throws DependencyUnavailable if there are too many: a server that sends us from one
    // address to the next cannot make us open connections without end.
    std::shared_ptr<Node> at(const Address& address);
    // Unreachable if we have nothing to do with it.
    Node::Condition condition(const Address& address) const;
    // Closes those that are not kept and that cannot be reached, or that nobody has used for a while.
    void retire(const std::function<bool(const Address&)>& keep);
    void close();
    std::size_t size() const { return nodes_.size(); }

private:
    std::shared_ptr<const Node::Surroundings> surroundings_;
    std::map<Address, std::shared_ptr<Node>> nodes_;
    bool closed_ = false;
};

}  // namespace safargo::redis
