#include "jobs/outbox_dispatcher.hpp"

#include "core/current_failure.hpp"
#include "core/logging.hpp"
#include "core/text_cut.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <utility>

namespace safargo::jobs {
namespace {

namespace asio = boost::asio;

constexpr std::size_t longest_error = 300;  // bytes kept of what a handler threw

Task<void> sleep(std::chrono::milliseconds time) {
    asio::steady_timer timer(co_await asio::this_coro::executor, time);
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
}

}  // namespace

std::chrono::seconds back_off(int failures) {
    constexpr std::chrono::seconds longest{600};
    return failures > 10 ? longest : std::min(longest, std::chrono::seconds{1 << std::max(0, failures - 1)});
}

OutboxDispatcher::OutboxDispatcher(asio::any_io_executor executor, db::Database& database, const Clock& clock,
                                   db::OutboxRoutes routes, DispatcherOptions options)
    : executor_(executor),
      database_(database),
      clock_(clock),
      routes_(std::move(routes)),
      options_(options),
      wakeup_(std::move(executor)) {
    for (const db::OutboxRoute& route : routes_) {
        const std::string name = route.kind.substr(0, route.kind.find('.'));
        auto family = std::ranges::find(families_, name, &Family::name);
        if (family == families_.end()) family = families_.insert(families_.end(), Family{name, {}});
        family->kinds.push_back(route.kind);
    }
}

Task<std::size_t> OutboxDispatcher::run_once() {
    std::size_t tried = 0;
    for (;;) {
        const bool idle = in_flight_ == 0;  // before looking: what ends meanwhile may make more due
        const std::size_t started = co_await take_turn();
        tried += started;
        if (idle && started == 0) co_return tried;
        if (in_flight_ > 0) co_await wakeup_.wait(options_.poll);
    }
}

Task<void> OutboxDispatcher::serve() {
    while (!stopping_) {
        co_await take_turn_or_log();
        co_await sleep(options_.pace);
        if (!stopping_) co_await wakeup_.wait(options_.poll);
    }
    while (in_flight_ > 0) co_await wakeup_.wait(options_.poll);
    co_await take_turn_or_log();
    while (in_flight_ > 0) co_await wakeup_.wait(options_.poll);  // what could not be marked together
}

void OutboxDispatcher::stop() {
    stopping_ = true;
    wakeup_.ring();
}

// Nothing new once it is stopping.
Claim OutboxDispatcher::wanted_now() const {
    const Instant now = clock_.now();
    Claim wanted{.rooms = {},
                 .now = now,
                 .leased_until = now + options_.lease,
                 .suspects = suspect_in_flight_ ? Suspects::none : Suspects::one};
    for (const Family& family : families_) {
        const std::size_t free = stopping_ ? 0 : options_.in_flight - family.in_flight;
        if (free > 0) wanted.rooms.push_back({family.kinds, free});
    }
    return wanted;
}

// Marks what was sent since the last turn, and starts what is due.
Task<std::size_t> OutboxDispatcher::take_turn() {
    auto claimed = co_await mark_and_claim(wanted_now(), std::exchange(sent_, {}));
    for (ClaimedMessage& message : claimed) start(std::move(message));
    co_return claimed.size();
}

Task<std::size_t> OutboxDispatcher::take_turn_or_log() {
    try {
        co_return co_await take_turn();
    } catch (...) {
        log::warning("outbox_not_read", {{"what", std::string_view(describe_current_failure())}});
    }
    co_return 0;
}

// When that fails, somebody may hold one of those rows: then each is marked by itself, and none waits for another.
Task<std::vector<ClaimedMessage>> OutboxDispatcher::mark_and_claim(Claim wanted, std::vector<ClaimedMessage> sent) {
    try {
        if (!wanted.rooms.empty()) co_return co_await rows_.claim(database_, wanted, sent);
        if (!sent.empty()) co_await rows_.mark_sent(database_, sent, wanted.now);
    } catch (...) {
        for (ClaimedMessage& message : sent) start_marking(std::move(message));
        throw;
    }
    co_return std::vector<ClaimedMessage>{};
}

void OutboxDispatcher::start(ClaimedMessage claimed) {
    const auto serves = [&](const Family& family) {
        return std::ranges::find(family.kinds, claimed.message.kind) != family.kinds.end();
    };
    Family& family = *std::ranges::find_if(families_, serves);
    ++family.in_flight;
    ++in_flight_;
    suspect_in_flight_ |= claimed.lost_leases > 0;
    asio::co_spawn(executor_, send(family, std::move(claimed)), asio::detached);
}

void OutboxDispatcher::start_marking(ClaimedMessage sent) {
    ++in_flight_;
    asio::co_spawn(executor_, mark(std::move(sent)), asio::detached);
}

// A row that cannot be marked is sent again after its lease.
Task<void> OutboxDispatcher::mark(ClaimedMessage sent) {
    try {
        std::vector<ClaimedMessage> one;
        one.push_back(std::move(sent));
        co_await rows_.mark_sent(database_, std::move(one), clock_.now());
    } catch (...) {
        log::warning("outbox_not_marked", {{"what", std::string_view(describe_current_failure())}});
    }
    --in_flight_;
    wakeup_.ring();
}

// Whatever happens, the slot is free again; a row whose failure could not be noted is sent again after its lease.
Task<void> OutboxDispatcher::send(Family& family, ClaimedMessage claimed) {
    const bool suspect = claimed.lost_leases > 0;
    try {
        co_await settle(std::move(claimed));
    } catch (...) {
        log::warning("outbox_not_marked", {{"what", std::string_view(describe_current_failure())}});
    }
    --family.in_flight;
    --in_flight_;
    if (suspect) suspect_in_flight_ = false;
    wakeup_.ring();
}

Task<void> OutboxDispatcher::settle(ClaimedMessage claimed) {
    const db::OutboxMessage& message = claimed.message;
    const db::GivingUp giving_up = std::ranges::find(routes_, message.kind, &db::OutboxRoute::kind)->giving_up;
    if (message.expires_at && *message.expires_at <= clock_.now()) {
        co_await drop(std::move(claimed));
        co_return;
    }
    if (claimed.lost_leases >= options_.max_deaths) {
        co_await give_up_on(std::move(claimed), giving_up);
        co_return;
    }
    auto failure = co_await attempt_in_time(message);
    if (!failure) {
        sent_.push_back(std::move(claimed));
    } else {
        co_await put_off(std::move(claimed), giving_up, std::move(*failure));
    }
}

Task<void> OutboxDispatcher::drop(ClaimedMessage claimed) {
    log::warning("outbox_expired", {{"kind", std::string_view(claimed.message.kind)},
                                    {"id", static_cast<long long>(claimed.message.id)}});
    co_await rows_.bury(database_, std::move(claimed), clock_.now(), "expired before it could be sent", true);
}

// It would only kill the next process, and every one after that. Money waits for people to look, and what follows it
// waits, too.
Task<void> OutboxDispatcher::give_up_on(ClaimedMessage claimed, db::GivingUp giving_up) {
    const bool keep = giving_up == db::GivingUp::never;
    std::string why = "its process died while sending it, again and again";
    log::error(keep ? "outbox_set_aside" : "outbox_dead_letter",
               {{"kind", std::string_view(claimed.message.kind)},
                {"id", static_cast<long long>(claimed.message.id)},
                {"deaths", static_cast<long long>(claimed.lost_leases)},
                {"what", std::string_view(why)}});
    if (keep) {
        co_await rows_.set_aside(database_, std::move(claimed), std::move(why));
    } else {
        co_await rows_.bury(database_, std::move(claimed), clock_.now(), std::move(why),
                            giving_up == db::GivingUp::forgets);
    }
}

Task<void> OutboxDispatcher::put_off(ClaimedMessage claimed, db::GivingUp giving_up, std::string failure) {
    const Instant now = clock_.now();
    const int failures = claimed.message.attempts + 1;
    if (failures >= options_.max_attempts) {
        const bool stuck = giving_up == db::GivingUp::never;
        log::error(stuck ? "outbox_stuck" : "outbox_dead_letter", {{"kind", std::string_view(claimed.message.kind)},
                                                                   {"id", static_cast<long long>(claimed.message.id)},
                                                                   {"attempts", static_cast<long long>(failures)},
                                                                   {"what", std::string_view(failure)}});
        if (!stuck) {
            const bool forget = giving_up == db::GivingUp::forgets;
            co_await rows_.bury(database_, std::move(claimed), now, std::move(failure), forget);
            co_return;
        }
    }
    co_await rows_.retry_at(database_, std::move(claimed), now + back_off(failures), std::move(failure));
}

Task<std::optional<std::string>> OutboxDispatcher::attempt_in_time(db::OutboxMessage message) {
    using namespace asio::experimental::awaitable_operators;
    auto outcome = co_await (attempt(std::move(message)) || sleep(options_.handler_limit));
    if (outcome.index() == 1) co_return "took too long";
    co_return std::get<0>(std::move(outcome));
}

Task<std::optional<std::string>> OutboxDispatcher::attempt(db::OutboxMessage message) {
    const auto route = std::ranges::find(routes_, message.kind, &db::OutboxRoute::kind);
    try {
        co_await route->handler(std::move(message));
    } catch (...) {
        co_return cut_bytes(describe_current_failure(), longest_error);
    }
    co_return std::nullopt;
}

}  // namespace safargo::jobs
