#include "adapters/redis/client.hpp"

#include "adapters/redis/cluster.hpp"

namespace safargo::redis {

Client::Client(boost::asio::any_io_executor executor, ClientOptions options)
    : cluster_(Cluster::start(std::move(executor), std::move(options))) {}

Client::~Client() {
    close();
}

void Client::close() {
    cluster_->close();
}

Task<Reply> Client::send(std::string key, Command command, Deadline deadline) {
    return Cluster::send(cluster_, slot_of(key), std::move(command), deadline);
}

Task<Reply> Client::send_anywhere(Command command, Deadline deadline) {
    return Cluster::send(cluster_, std::nullopt, std::move(command), deadline);
}

std::shared_ptr<const Health> Client::health() const {
    return cluster_->health();
}

}  // namespace safargo::redis
