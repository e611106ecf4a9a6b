// What rate limiter and cache need of a client: a test answers in place of Redis.
#pragma once

#include "adapters/redis/client.hpp"

#include <memory>
#include <utility>

namespace safargo::redis {

// Belongs to one thread.
class Commands {
public:
    virtual ~Commands() = default;
    // As Client::send.
    virtual Task<Reply> send(std::string key, Command command, Deadline deadline) = 0;
};

class ClientCommands final : public Commands {
public:
    explicit ClientCommands(std::shared_ptr<Client> client) : client_(std::move(client)) {}

    Task<Reply> send(std::string key, Command command, Deadline deadline) override {
        return client_->send(std::move(key), std::move(command), deadline);
    }

private:
    std::shared_ptr<Client> client_;
};

}  // namespace safargo::redis
