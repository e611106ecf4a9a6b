// A Redis for unit tests: what the scripts of this folder do, on a clock that the test moves, behind connections that
// can fail in every way. replicas_test.cpp asks a real cluster the same.
#pragma once

#include "adapters/redis/commands.hpp"
#include "adapters/redis/lanes.hpp"
#include "adapters/redis/script.hpp"
#include "core/clock.hpp"
#include "core/failures.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <map>
#include <set>
#include <stdexcept>
#include <string>

namespace safargo::redis {

inline Reply integer_reply(std::int64_t value) {
    return {.kind = Reply::Kind::integer, .integer = value};
}
inline Reply text_reply(std::string value) {
    return {.kind = Reply::Kind::text, .text = std::move(value)};
}
inline Reply error_reply(std::string what) {
    return {.kind = Reply::Kind::error, .text = std::move(what)};
}
inline Reply list_reply(std::vector<Reply> items) {
    return {.kind = Reply::Kind::list, .items = std::move(items)};
}

// What all clients see.
class ModelRedis {
public:
    explicit ModelRedis(const Clock& clock) : clock_(clock) {}

    Reply execute(const Command& command) {
        if (command[0] == "SET") return {.kind = Reply::Kind::status, .text = "OK"};
        if (command[0] == "HMGET") return find(command[1]);
        if (command[0] == "EVAL") {
            scripts_.insert(Script(command[1]).digest());
        } else if (!scripts_.contains(command[1])) {
            return error_reply("NOSCRIPT No matching script. Please use EVAL.");
        }
        return command.size() == 6 ? take(command) : store(command);
    }
    void forget_scripts() { scripts_.clear(); }
    void lose_everything() {
        windows_.clear();
        values_.clear();
    }
    int takes() const { return takes_; }

private:
    struct Window {
        Instant ends{};
        int used = 0;
    };

    Reply take(const Command& command) {
        ++takes_;
        const int limit = std::stoi(command[4]);
        const std::chrono::milliseconds length(std::stoll(command[5]));
        Window& window = windows_[command[3]];
        if (clock_.now() >= window.ends) window = {clock_.now() + length, 0};
        const bool allowed = window.used < limit;
        if (allowed) ++window.used;
        const auto left = std::chrono::floor<std::chrono::milliseconds>(window.ends - clock_.now());
        return list_reply({integer_reply(allowed ? 1 : 0), integer_reply(window.used), integer_reply(left.count())});
    }
    Reply store(const Command& command) {
        const auto version = std::stoll(command[4]);
        auto& [held, value] = values_.try_emplace(command[3], -1, "").first->second;
        if (held > version) return integer_reply(0);
        held = version;
        value = command[5];
        return integer_reply(1);
    }
    Reply find(const std::string& key) const {
        const auto found = values_.find(key);
        if (found == values_.end()) return list_reply({Reply{}, Reply{}});
        return list_reply({text_reply(std::to_string(found->second.first)), text_reply(found->second.second)});
    }

    const Clock& clock_;
    std::set<std::string> scripts_;
    std::map<std::string, Window> windows_;
    std::map<std::string, std::pair<long long, std::string>> values_;
    int takes_ = 0;
};

// One thread's connections to it.
class ModelCommands final : public Commands {
public:
    enum class Mode { works, refuses, hangs, answers_late, out_of_memory, cut_off, babbles };

    explicit ModelCommands(ModelRedis& redis) : redis_(redis) {}

    Mode mode = Mode::works;
    std::set<std::size_t> broken_lanes{};  // refuse, whatever the mode
    Reply babble{};                        // of a Redis that babbles
    int sent = 0, probes = 0;

    Task<Reply> send(std::string key, Command command, Deadline deadline) override {
        ++(command[0] == "SET" ? probes : sent);
        if (broken_lanes.contains(Lanes::of(key))) throw DependencyUnavailable("redis", "no node for the key");
        switch (mode) {
            case Mode::works:
                break;
            case Mode::refuses:
                throw DependencyUnavailable("redis", "no connection");
            case Mode::out_of_memory:
                co_return error_reply("OOM command not allowed when used memory > 'maxmemory'.");
            case Mode::babbles:
                co_return babble;
            case Mode::cut_off:
                throw std::runtime_error("unheard of");
            case Mode::answers_late:
                redis_.execute(command);
                [[fallthrough]];
            case Mode::hangs:
                co_await wait_until(deadline);
                throw DeadlineExceeded("redis: no answer in time");
        }
        co_return redis_.execute(command);
    }

private:
    static Task<void> wait_until(Deadline deadline) {
        boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, deadline);
        co_await timer.async_wait(boost::asio::use_awaitable);
    }

    ModelRedis& redis_;
};

}  // namespace safargo::redis
