// What a Client is made of: finds the node for each command and follows the nodes' refusals.
#pragma once

#include "adapters/redis/load.hpp"
#include "adapters/redis/nodes.hpp"
#include "adapters/redis/refusal.hpp"
#include "adapters/redis/topology.hpp"

#include <memory>
#include <optional>

namespace safargo::redis {

class Cluster {
public:
    static std::shared_ptr<Cluster> start(boost::asio::any_io_executor executor, ClientOptions options,
                                          Lookup lookup = {});
    void close();

    // Without a slot any master will do. The contract is Client's.
    static Task<Reply> send(std::shared_ptr<Cluster> self, std::optional<std::uint16_t> slot, Command command,
                            Deadline deadline);

    const std::shared_ptr<Health>& health() const { return surroundings_->health; }
    std::size_t waiting() const { return load_->commands(); }

private:
    struct Journey;

    Cluster(boost::asio::any_io_executor executor, ClientOptions options, Lookup lookup);

    static Task<Reply> deliver(std::shared_ptr<Cluster> self, std::shared_ptr<Journey> journey);
    static Task<Reply> try_once(std::shared_ptr<Cluster> self, std::shared_ptr<Journey> journey);
    static Task<void> prepare_next(std::shared_ptr<Cluster> self, std::shared_ptr<Journey> journey, Refusal refusal);
    static Task<void> pause(std::shared_ptr<Cluster> self, std::shared_ptr<Journey> journey);
    std::optional<Address> next_address(const Journey& journey);

    std::shared_ptr<Node::Surroundings> surroundings_;
    std::shared_ptr<Load> load_;
    std::shared_ptr<Nodes> nodes_;
    std::shared_ptr<Topology> topology_;
};

}  // namespace safargo::redis
