// How much a client has under way, so that a Redis that does not answer cannot fill our memory.
#pragma once

#include "core/failures.hpp"

#include <cstddef>
#include <memory>

namespace safargo::redis {

class Load {
public:
    static constexpr std::size_t most_bytes = 67'108'864;

    explicit Load(std::size_t most_commands) : most_commands_(most_commands) {}

    // One command, until the share is destroyed: its caller may be gone before Redis has answered.
    class Share {
    public:
        Share(std::shared_ptr<Load> load, std::size_t bytes) : load_(std::move(load)), bytes_(bytes) {
            ++load_->commands_;
            load_->bytes_ += bytes_;
        }
        ~Share() {
            --load_->commands_;
            load_->bytes_ -= bytes_;
        }
        Share(const Share&) = delete;
        Share& operator=(const Share&) = delete;

    private:
        std::shared_ptr<Load> load_;
        std::size_t bytes_;
    };

    // Throws DependencyUnavailable when there is too much.
    static std::shared_ptr<const Share> take(const std::shared_ptr<Load>& self, std::size_t bytes) {
        if (self->commands_ >= self->most_commands_ || bytes > most_bytes - self->bytes_) {
            throw DependencyUnavailable("redis", "too many commands wait for an answer");
        }
        return std::make_shared<const Share>(self, bytes);
    }
    std::size_t commands() const { return commands_; }

private:
    std::size_t most_commands_;
    std::size_t commands_ = 0, bytes_ = 0;
};

}  // namespace safargo::redis
