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

constexpr std::size_t longest_error = 300;  // kept of a handler's error, in bytes

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
                                   db::Subscriptions subscriptions, DispatcherOptions options)
    : executor_(executor),
      database_(database),
      clock_(clock),
      fan_out_(subscriptions, db::declared_kinds()),
      options_(options),
      wakeup_(std::move(executor)) {
    for (db::Subscription& subscription : subscriptions) subscribers_.push_back({std::move(subscription)});
}

Task<std::size_t> OutboxDispatcher::run_once() {
    std::size_t tried = 0;
    for (;;) {
        const bool idle = in_flight_ == 0;  // read first, since a send that ends meanwhile may make more rows due
        const bool expanded = co_await fan_out();
        const std::size_t started = co_await take_turn();
        tried += started;
        if (idle && started == 0 && !expanded) co_return tried;
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
    while (in_flight_ > 0) co_await wakeup_.wait(options_.poll);  // rows that could not be marked together
}

void OutboxDispatcher::stop() {
    stopping_ = true;
    wakeup_.ring();
}

// Claims nothing new while stopping.
Claim OutboxDispatcher::wanted_now() const {
    const Instant now = clock_.now();
    Claim wanted{.rooms = {},
                 .now = now,
                 .leased_until = now + options_.lease,
                 .suspects = suspect_in_flight_ ? Suspects::none : Suspects::one};
    for (const Subscriber& subscriber : subscribers_) {
        const std::size_t free = stopping_ ? 0 : options_.in_flight - subscriber.in_flight;
        if (free > 0) wanted.rooms.push_back({fan_out_.rows_for(subscriber.subscription), free});
    }
    return wanted;
}

// Marks rows sent since the last turn and starts due ones.
Task<std::size_t> OutboxDispatcher::take_turn() {
    auto claimed = co_await mark_and_claim(wanted_now(), std::exchange(sent_, {}));
    for (ClaimedMessage& message : claimed) start(std::move(message));
    co_return claimed.size();
}

// Expands rows with several subscribers. If there may be more, it returns soon.
Task<bool> OutboxDispatcher::fan_out() {
    const Instant now = clock_.now();
    co_await fan_out_.refresh_subscriptions(database_, now);
    const bool expanded = co_await fan_out_.expand_due(database_, now) > 0;
    if (expanded) wakeup_.ring();
    co_return expanded;
}

// A failure to expand blocks no other delivery; but until our subscriptions are registered nothing is claimed, since
// they decide who gets which row.
Task<void> OutboxDispatcher::fan_out_or_log() {
    try {
        if (!stopping_) co_await fan_out();
    } catch (...) {
        log::warning("outbox_not_fanned_out", {{"what", std::string_view(describe_current_failure())}});
    }
}

Task<std::size_t> OutboxDispatcher::take_turn_or_log() {
    co_await fan_out_or_log();
    if (!stopping_ && !fan_out_.is_known()) co_return 0;
    try {
        co_return co_await take_turn();
    } catch (...) {
        log::warning("outbox_not_read", {{"what", std::string_view(describe_current_failure())}});
    }
    co_return 0;
}

// On failure one of these rows may be locked elsewhere: then each is marked on its own, and none waits for another.
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

OutboxDispatcher::Subscriber& OutboxDispatcher::subscriber_of(const ClaimedMessage& claimed) {
    const auto is_for = [&](const Subscriber& subscriber) {
        const db::Subscription& subscription = subscriber.subscription;
        if (!claimed.subscriber.empty()) return subscription.name == claimed.subscriber;
        return subscription.handler_of(claimed.message.kind) != nullptr;
    };
    return *std::ranges::find_if(subscribers_, is_for);
}

void OutboxDispatcher::start(ClaimedMessage claimed) {
    Subscriber& subscriber = subscriber_of(claimed);
    ++subscriber.in_flight;
    ++in_flight_;
    suspect_in_flight_ |= claimed.lost_leases > 0;
    asio::co_spawn(executor_, send(subscriber, std::move(claimed)), asio::detached);
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

// Always frees the slot; a row whose failure could not be recorded is sent again after its lease.
Task<void> OutboxDispatcher::send(Subscriber& subscriber, ClaimedMessage claimed) {
    const bool suspect = claimed.lost_leases > 0;
    try {
        co_await settle(subscriber.subscription, std::move(claimed));
    } catch (...) {
        log::warning("outbox_not_marked", {{"what", std::string_view(describe_current_failure())}});
    }
    --subscriber.in_flight;
    --in_flight_;
    if (suspect) suspect_in_flight_ = false;
    wakeup_.ring();
}

Task<void> OutboxDispatcher::settle(const db::Subscription& subscription, ClaimedMessage claimed) {
    const db::OutboxMessage& message = claimed.message;
    if (message.expires_at && *message.expires_at <= clock_.now()) {
        co_await drop(subscription, std::move(claimed));
        co_return;
    }
    if (claimed.lost_leases >= options_.max_deaths) {
        co_await give_up_on(subscription, std::move(claimed));
        co_return;
    }
    auto failure = co_await attempt_in_time(subscription, message);
    if (!failure) {
        sent_.push_back(std::move(claimed));
    } else {
        co_await put_off(subscription, std::move(claimed), std::move(*failure));
    }
}

Task<void> OutboxDispatcher::drop(const db::Subscription& subscription, ClaimedMessage claimed) {
    log::warning("outbox_expired", {{"kind", std::string_view(claimed.message.kind)},
                                    {"subscriber", std::string_view(subscription.name)},
                                    {"id", static_cast<long long>(claimed.row)}});
    co_await rows_.bury(database_, std::move(claimed), clock_.now(), "expired before it could be sent", true);
}

// It would only kill the next process, and every later one. A payment waits for an operator, and so do later ones with
// its key.
Task<void> OutboxDispatcher::give_up_on(const db::Subscription& subscription, ClaimedMessage claimed) {
    const bool keep = subscription.giving_up == db::GivingUp::never;
    std::string why = "its process died while sending it, again and again";
    log::error(keep ? "outbox_set_aside" : "outbox_dead_letter",
               {{"kind", std::string_view(claimed.message.kind)},
                {"subscriber", std::string_view(subscription.name)},
                {"id", static_cast<long long>(claimed.row)},
                {"deaths", static_cast<long long>(claimed.lost_leases)},
                {"what", std::string_view(why)}});
    if (keep) {
        co_await rows_.set_aside(database_, std::move(claimed), std::move(why));
    } else {
        co_await rows_.bury(database_, std::move(claimed), clock_.now(), std::move(why),
                            subscription.giving_up == db::GivingUp::forgets);
    }
}

Task<void> OutboxDispatcher::put_off(const db::Subscription& subscription, ClaimedMessage claimed,
                                     std::string failure) {
    const Instant now = clock_.now();
    const int failures = claimed.message.attempts + 1;
    if (failures >= options_.max_attempts) {
        const bool stuck = subscription.giving_up == db::GivingUp::never;
        log::error(stuck ? "outbox_stuck" : "outbox_dead_letter", {{"kind", std::string_view(claimed.message.kind)},
                                                                   {"subscriber", std::string_view(subscription.name)},
                                                                   {"id", static_cast<long long>(claimed.row)},
                                                                   {"attempts", static_cast<long long>(failures)},
                                                                   {"what", std::string_view(failure)}});
        if (!stuck) {
            const bool forget = subscription.giving_up == db::GivingUp::forgets;
            co_await rows_.bury(database_, std::move(claimed), now, std::move(failure), forget);
            co_return;
        }
    }
    co_await rows_.retry_at(database_, std::move(claimed), now + back_off(failures), std::move(failure));
}

Task<std::optional<std::string>> OutboxDispatcher::attempt_in_time(const db::Subscription& subscription,
                                                                   db::OutboxMessage message) {
    using namespace asio::experimental::awaitable_operators;
    auto outcome = co_await (attempt(subscription, std::move(message)) || sleep(options_.handler_limit));
    if (outcome.index() == 1) co_return "took too long";
    co_return std::get<0>(std::move(outcome));
}

Task<std::optional<std::string>> OutboxDispatcher::attempt(const db::Subscription& subscription,
                                                           db::OutboxMessage message) {
    const db::OutboxHandler& handler = *subscription.handler_of(message.kind);
    try {
        co_await handler(std::move(message));
    } catch (...) {
        co_return cut_bytes(describe_current_failure(), longest_error);
    }
    co_return std::nullopt;
}

}  // namespace safargo::jobs
