#include "adapters/redis/guard.hpp"

#include "core/current_failure.hpp"
#include "core/failures.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <array>
#include <string_view>
#include <utility>

namespace safargo::redis {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

const std::vector<double>& bounds() {
    static const std::vector<double> seconds{0.0001, 0.0002, 0.0003, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05};
    return seconds;
}

// The first word of an error names its kind ("OOM"); the rest may quote keys.
std::string_view kind_of(const Reply& error) {
    const std::string_view text = error.text;
    return text.substr(0, text.find(' '));
}

bool is_unknown_script(const std::optional<Reply>& reply) {
    return reply && reply->is_error() && kind_of(*reply) == "NOSCRIPT";
}

// A key of each lane, on whatever node that is.
std::array<std::string, Lanes::count> find_probe_keys() {
    std::array<std::string, Lanes::count> keys;
    std::size_t missing = keys.size();
    for (int i = 0; missing > 0; ++i) {
        std::string key = "probe:" + std::to_string(i);
        std::string& kept = keys[Lanes::of(key)];
        if (!kept.empty()) continue;
        kept = std::move(key);
        --missing;
    }
    return keys;
}

const std::string& probe_key(std::size_t lane) {
    static const auto keys = find_probe_keys();
    return keys[lane];
}

Command script_command(const char* name, std::string_view script, const std::string& key,
                       const std::vector<std::string>& arguments) {
    Command command{name, std::string(script), "1", key};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return command;
}

}  // namespace

Use::Use(const std::string& name)
    : seconds_(metrics::histogram("safargo_redis_request_duration_seconds", "Round trip of a command to Redis",
                                  bounds(), {{"use", name}})),
      failures_(metrics::counter("safargo_redis_failures_total", "Commands that Redis did not answer or refused",
                                 {{"use", name}})) {}

void Use::answered(std::chrono::nanoseconds took) const {
    seconds_.observe(std::chrono::duration<double>(took).count());
}

// Shared with probes, which may still be running when the guard is destroyed.
struct Guard::State {
    State(asio::any_io_executor given, std::shared_ptr<Commands> to, Standing& all, GuardOptions chosen)
        : executor(std::move(given)),
          commands(std::move(to)),
          standing(all),
          options(chosen),
          timer(executor),
          lanes(chosen.pauses) {}

    void distrust(std::size_t lane, Clock::time_point sent, std::string_view why) {
        if (lanes.distrust(lane, sent, Clock::now())) standing.lost_lane(why);
    }
    void close() {
        closed = true;
        timer.cancel();
        for (std::size_t left = lanes.distrusted(); left > 0; --left) standing.regained_lane();
    }

    static Task<void> watch(std::shared_ptr<State> self);
    static Task<void> probe(std::shared_ptr<State> self, std::size_t lane);
    Task<std::optional<std::string>> failure_of_probe(std::string key);

    asio::any_io_executor executor;
    std::shared_ptr<Commands> commands;
    Standing& standing;  // not used once closed
    GuardOptions options;
    asio::steady_timer timer;
    Lanes lanes;
    Use probing{"probe"};
    std::size_t next_lane = 0;
    bool closed = false;
};

// Lanes that have failed, and one of the others in turn: without traffic, too, a failure is noticed.
Task<void> Guard::State::watch(std::shared_ptr<State> self) {
    while (!self->closed) {
        std::vector<std::size_t> probed = self->lanes.due(Clock::now());
        const std::size_t turn = self->next_lane++ % Lanes::count;
        if (self->lanes.trusts(turn)) probed.push_back(turn);
        for (const std::size_t lane : probed) asio::co_spawn(self->executor, probe(self, lane), asio::detached);
        self->timer.expires_after(self->options.probe_every);
        co_await self->timer.async_wait(asio::as_tuple(asio::use_awaitable));
    }
}

Task<void> Guard::State::probe(std::shared_ptr<State> self, std::size_t lane) {
    const auto began = Clock::now();
    const std::optional<std::string> failure = co_await self->failure_of_probe(probe_key(lane));
    if (self->closed) co_return;
    const auto now = Clock::now();
    if (failure) {
        self->probing.failed();
        self->lanes.probe_failed(lane, now);
        self->distrust(lane, began, *failure);
        co_return;
    }
    self->probing.answered(now - began);
    self->standing.answered(now - began);
    if (self->lanes.probe_worked(lane, now)) self->standing.regained_lane();
}

// A write, since a node that only reads cannot count. Nothing if it worked.
Task<std::optional<std::string>> Guard::State::failure_of_probe(std::string key) {
    try {
        Command command{"SET", key, "1", "PX", "1000"};
        const Reply reply =
            co_await commands->send(std::move(key), std::move(command), Clock::now() + options.probe_patience);
        if (reply.is_error()) co_return std::string(kind_of(reply));
        co_return std::nullopt;
    } catch (...) {
        co_return describe_current_failure();
    }
}

Guard::Guard(asio::any_io_executor executor, std::shared_ptr<Commands> commands, Standing& standing,
             GuardOptions options)
    : state_(std::make_shared<State>(executor, std::move(commands), standing, options)) {
    asio::co_spawn(executor, State::watch(state_), asio::detached);
}

Guard::~Guard() {
    state_->close();
}

bool Guard::trusts(std::string_view key) const {
    return state_->lanes.trusts(Lanes::of(key));
}

Task<std::optional<Reply>> Guard::ask(const Use& use, std::string key, Command command, Deadline deadline) {
    const std::size_t lane = Lanes::of(key);
    if (!state_->lanes.trusts(lane)) co_return std::nullopt;
    const auto began = Clock::now();
    std::string why;
    try {
        Reply reply = co_await state_->commands->send(std::move(key), std::move(command), deadline);
        if (!reply.is_error() || kind_of(reply) == "NOSCRIPT") {
            use.answered(Clock::now() - began);
            co_return reply;
        }
        why = kind_of(reply);
    } catch (const boost::system::system_error& failure) {
        if (failure.code() == asio::error::operation_aborted) throw;
        why = failure.what();
    } catch (const DeadlineExceeded& failure) {
        if (Clock::now() - began < state_->options.telling_wait) co_return std::nullopt;
        why = failure.what();
    } catch (...) {
        why = describe_current_failure();
    }
    use.failed();
    state_->distrust(lane, began, why);
    co_return std::nullopt;
}

Task<std::optional<Reply>> Guard::run(const Use& use, const Script& script, std::string key,
                                      std::vector<std::string> arguments, Deadline deadline) {
    auto reply = co_await ask(use, key, script_command("EVALSHA", script.digest(), key, arguments), deadline);
    if (!is_unknown_script(reply)) co_return reply;
    reply = co_await ask(use, key, script_command("EVAL", script.text(), key, arguments), deadline);
    if (is_unknown_script(reply)) co_return std::nullopt;
    co_return reply;
}

}  // namespace safargo::redis
