#include "adapters/redis/subscriber.hpp"

#include "adapters/redis/back_off.hpp"
#include "adapters/redis/counters.hpp"
#include "adapters/redis/dialer.hpp"
#include "adapters/redis/slot_table.hpp"
#include "core/current_failure.hpp"
#include "core/logging.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <deque>
#include <vector>

namespace safargo::redis {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;
using Kind = Reply::Kind;

constexpr std::size_t most_kept = 4'096;        // messages that nobody has taken
constexpr std::size_t most_bytes = 16'777'216;  // of them
constexpr std::size_t most_known = 64;          // nodes to turn to
constexpr std::chrono::milliseconds first_pause{25};
constexpr std::chrono::seconds lasting_connection{1};

// ["message", channel, payload]; nothing for anything else (the answer to PING).
std::optional<std::string> payload_of(Reply& reply) {
    if (reply.kind != Kind::list || reply.items.size() != 3 || reply.items[0].text != "message") return std::nullopt;
    return std::move(reply.items[2].text);
}

}  // namespace

class Subscriber::Channel {
public:
    Channel(asio::any_io_executor executor, ClientOptions options, std::string name)
        : executor_(executor),
          options_(std::move(options)),
          name_(std::move(name)),
          dialer_(std::make_shared<Dialer>(executor, options_)),
          nodes_(dialer_->seeds()),
          arrived_(executor),
          pause_(executor),
          watch_(executor) {}

    static Task<void> stay_subscribed(std::shared_ptr<Channel> self) {
        BackOff back_off(first_pause, self->options_.longest_back_off);
        while (!self->closed_) {
            const auto since = steady_clock::now();
            const std::string reason = co_await subscribe_once(self);
            if (self->closed_) co_return;
            log::warning("redis_subscription_lost", {{"error", std::string_view(reason)}});
            self->try_another();
            if (steady_clock::now() - since >= lasting_connection) back_off.reset();
            self->pause_.expires_after(back_off.next());
            co_await self->pause_.async_wait(asio::as_tuple(asio::use_awaitable));
        }
    }

    static Task<std::string> next(std::shared_ptr<Channel> self) {
        while (self->kept_.empty() && !self->missed_ && !self->closed_) co_await self->arrived_.wait(Deadline::max());
        if (self->closed_) throw boost::system::system_error(asio::error::operation_aborted);
        if (std::exchange(self->missed_, false)) co_return std::string{};
        std::string payload = std::move(self->kept_.front());
        self->kept_.pop_front();
        self->kept_bytes_ -= payload.size();
        co_return payload;
    }

    void close() {
        closed_ = true;
        pause_.cancel();
        hang_up();
        arrived_.ring();
    }

private:
    // Until the subscription ends, and why it did.
    static Task<std::string> subscribe_once(std::shared_ptr<Channel> self) {
        const Address node = self->nodes_.front();
        const Dialer::Opened opened = co_await Dialer::open(self->dialer_, node);
        if (!opened) co_return node.text() + ": " + opened.error();
        const std::shared_ptr<Link> link = self->link_ = *opened;
        if (self->closed_) link->close();
        self->heard();
        asio::co_spawn(self->executor_, watch(self, link), asio::detached);
        std::string reason;
        try {
            co_await learn_nodes(self, link, node);
            co_await listen(self, link);
        } catch (...) {
            reason = describe_current_failure();
        }
        self->hang_up();
        co_return node.text() + ": " + (self->silent_ ? "it does not answer" : reason);
    }

    // The others that may take over when this one is lost, beside the seeds. A server without a cluster knows none.
    static Task<void> learn_nodes(std::shared_ptr<Channel> self, std::shared_ptr<Link> link, Address node) {
        const Reply reply = co_await Link::ask(link, {"CLUSTER", "SLOTS"});
        self->heard();
        if (reply.is_error()) co_return;
        const SlotTable table = SlotTable::parse(reply, node);
        std::vector<Address> all{node};
        all.insert(all.end(), self->dialer_->seeds().begin(), self->dialer_->seeds().end());
        all.insert(all.end(), table.masters().begin(), table.masters().end());
        all.insert(all.end(), table.replicas().begin(), table.replicas().end());
        std::vector<Address> once;
        for (Address& address : all) {
            if (once.size() < most_known && std::ranges::find(once, address) == once.end()) once.push_back(address);
        }
        self->nodes_ = std::move(once);
    }

    static Task<void> listen(std::shared_ptr<Channel> self, std::shared_ptr<Link> link) {
        const Reply subscribed = co_await Link::ask(link, {"SUBSCRIBE", self->name_});
        if (subscribed.kind != Kind::list) throw ProtocolError("the subscription was refused");
        counters().subscribed.add();
        self->heard();
        self->subscribed_ = true;
        self->note_missed();
        while (!self->closed_) {
            Reply reply = co_await Link::read(link);
            self->heard();
            if (auto payload = payload_of(reply)) self->keep(std::move(*payload));
        }
    }

    // Asks for a sign of life after a silence, and gives the connection up after a longer one. Nobody else writes once
    // it is subscribed.
    static Task<void> watch(std::shared_ptr<Channel> self, std::shared_ptr<Link> link) {
        const auto longest_silence = self->options_.longest_silence;
        const auto pinged_after = self->options_.ping_interval;
        bool pinged = false;
        while (self->link_ == link) {
            const auto silence = steady_clock::now() - self->last_heard_;
            if (silence >= longest_silence + (self->subscribed_ ? pinged_after : pinged_after.zero())) {
                self->silent_ = true;
                link->close();
                co_return;
            }
            if (silence < pinged_after) pinged = false;
            if (self->subscribed_ && silence >= pinged_after && !std::exchange(pinged, true)) co_await ping(link);
            self->watch_.expires_after(std::min(pinged_after, longest_silence) / 4);
            co_await self->watch_.async_wait(asio::as_tuple(asio::use_awaitable));
        }
    }

    static Task<void> ping(std::shared_ptr<Link> link) {
        std::string bytes;
        append_command(bytes, {"PING"});
        try {
            co_await Link::write(link, std::move(bytes));
        } catch (const boost::system::system_error&) {
            link->close();  // whoever reads finds out
        }
    }

    void keep(std::string payload) {
        kept_bytes_ += payload.size();
        kept_.push_back(std::move(payload));
        if (kept_.size() > most_kept || kept_bytes_ > most_bytes) note_missed();
        arrived_.ring();
    }

    // What was kept is covered by the look that the caller takes now.
    void note_missed() {
        kept_.clear();
        kept_bytes_ = 0;
        missed_ = true;
        arrived_.ring();
    }

    void heard() {
        last_heard_ = steady_clock::now();
        silent_ = false;
    }
    void hang_up() {
        if (link_) link_->close();
        link_ = nullptr;
        subscribed_ = false;
        watch_.cancel();
    }
    // A node that lost us goes to the end of the list.
    void try_another() { std::ranges::rotate(nodes_, nodes_.begin() + 1); }

    asio::any_io_executor executor_;
    ClientOptions options_;
    std::string name_;
    std::shared_ptr<Dialer> dialer_;
    std::vector<Address> nodes_;
    std::shared_ptr<Link> link_;
    Bell arrived_;
    asio::steady_timer pause_, watch_;
    std::deque<std::string> kept_;
    std::size_t kept_bytes_ = 0;
    steady_clock::time_point last_heard_;
    bool subscribed_ = false, missed_ = false, silent_ = false, closed_ = false;
};

Subscriber::Subscriber(asio::any_io_executor executor, ClientOptions options, std::string channel)
    : channel_(std::make_shared<Channel>(executor, std::move(options), std::move(channel))) {
    asio::co_spawn(executor, Channel::stay_subscribed(channel_), asio::detached);
}

Subscriber::~Subscriber() {
    close();
}

Task<std::string> Subscriber::next() {
    return Channel::next(channel_);
}

void Subscriber::close() {
    channel_->close();
}

}  // namespace safargo::redis
