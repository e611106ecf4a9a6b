#include "adapters/redis/nodes.hpp"

#include "core/failures.hpp"

namespace safargo::redis {
namespace {

constexpr std::size_t most_nodes = 1'024;
constexpr std::chrono::seconds kept_unused{30};

}  // namespace

std::shared_ptr<Node> Nodes::at(const Address& address) {
    if (closed_) throw DependencyUnavailable("redis", "closed");
    const auto found = nodes_.find(address);
    if (found != nodes_.end()) return found->second;
    if (nodes_.size() >= most_nodes) throw DependencyUnavailable("redis", "too many nodes");
    return nodes_[address] = Node::start(surroundings_, address);
}

Node::Condition Nodes::condition(const Address& address) const {
    const auto found = nodes_.find(address);
    return found == nodes_.end() ? Node::Condition::unreachable : found->second->condition();
}

void Nodes::retire(const std::function<bool(const Address&)>& keep) {
    const auto long_ago = std::chrono::steady_clock::now() - kept_unused;
    std::vector<std::shared_ptr<Node>> leaving;
    std::erase_if(nodes_, [&](const auto& entry) {
        const bool is_useful = entry.second->condition() != Node::Condition::unreachable;
        if (keep(entry.first) || (is_useful && entry.second->last_used() > long_ago)) return false;
        leaving.push_back(entry.second);
        return true;
    });
    for (const auto& node : leaving) node->close();
}

void Nodes::close() {
    closed_ = true;
    const auto all = std::move(nodes_);
    nodes_.clear();
    for (const auto& [address, node] : all) node->close();
}

}  // namespace safargo::redis
