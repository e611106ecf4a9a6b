// A guard before a model of Redis, with pauses of milliseconds.
#pragma once

#include "adapters/redis/guard.hpp"
#include "adapters/redis/model_redis_test.hpp"
#include "testing/run_task.hpp"

#include <functional>

namespace safargo::redis {

inline GuardOptions quick_guard() {
    using namespace std::chrono_literals;
    return {.probe_every = 1ms, .probe_patience = 20ms, .telling_wait = 5ms, .pauses = {.first = 1ms, .longest = 2ms}};
}

inline Deadline soon() {
    return std::chrono::steady_clock::now() + std::chrono::milliseconds{10};
}

// Runs what is going on until the condition holds.
inline void run_until(const std::function<bool()>& holds) {
    const auto context = testing::shared_context();
    while (!holds()) {
        context->restart();
        context->run_one();
    }
}

// One thread of a replica.
struct GuardedModel {
    explicit GuardedModel(ModelRedis& redis, Standing& standing)
        : commands(std::make_shared<ModelCommands>(redis)),
          guard(testing::shared_context()->get_executor(), commands, standing, quick_guard()) {}

    std::shared_ptr<ModelCommands> commands;
    Guard guard;
};

}  // namespace safargo::redis
