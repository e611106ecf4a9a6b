#include "adapters/redis/cluster.hpp"

#include "adapters/redis/counters.hpp"
#include "core/failures.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace safargo::redis {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;
using Kind = Refusal::Kind;

constexpr unsigned redirects_at_once = 3;  // more of them are a cluster in motion, which needs a moment
constexpr unsigned most_redirects = 16;    // two nodes that each send us to the other never agree
constexpr std::chrono::milliseconds first_pause{10}, longest_pause{200};

DependencyUnavailable unavailable(const std::string& reason) {
    return DependencyUnavailable("redis", reason);
}

void count(const Reply& reply) {
    (reply.is_error() ? counters().errors : counters().answered).add();
}

// Call inside catch (...).
void count_failure() {
    try {
        throw;
    } catch (const DependencyUnavailable&) {
        counters().unavailable.add();
    } catch (const DeadlineExceeded&) {
        counters().late.add();
    } catch (...) {
        counters().cancelled.add();
    }
}

}  // namespace

// One command on its way through the cluster.
struct Cluster::Journey {
    Request::Bytes bytes;
    Request::Share share;
    std::optional<std::uint16_t> slot;
    Deadline deadline;

    std::optional<Address> target{};  // where a redirect sends us; otherwise the owner of the slot
    bool asking = false;
    Address asked{};  // who answered last
    unsigned redirects = 0;
    std::string obstacle{};  // why it is not executed yet
    BackOff pauses{first_pause, longest_pause};
};

Cluster::Cluster(asio::any_io_executor executor, ClientOptions options, Lookup lookup)
    : surroundings_(std::make_shared<Node::Surroundings>()) {
    surroundings_->executor = executor;
    surroundings_->dialer = std::make_shared<Dialer>(executor, options, std::move(lookup));
    surroundings_->health = std::make_shared<Health>();
    load_ = std::make_shared<Load>(options.max_waiting);
    surroundings_->options = std::move(options);
    nodes_ = std::make_shared<Nodes>(surroundings_);
    topology_ = std::make_shared<Topology>(surroundings_, nodes_);
    surroundings_->changed = [weak = std::weak_ptr(topology_)] {
        const auto topology = weak.lock();
        if (!topology) return;
        topology->judge_health();
        topology->look_again();
    };
}

std::shared_ptr<Cluster> Cluster::start(asio::any_io_executor executor, ClientOptions options, Lookup lookup) {
    const std::shared_ptr<Cluster> cluster(new Cluster(executor, std::move(options), std::move(lookup)));
    asio::co_spawn(executor, Topology::follow(cluster->topology_), asio::detached);
    return cluster;
}

void Cluster::close() {
    topology_->close();
    nodes_->close();
}

Task<Reply> Cluster::send(std::shared_ptr<Cluster> self, std::optional<std::uint16_t> slot, Command command,
                          Deadline deadline) {
    std::string bytes;
    append_command(bytes, command);
    try {
        auto share = Load::take(self->load_, bytes.size());
        const auto journey = std::make_shared<Journey>(std::make_shared<const std::string>(std::move(bytes)),
                                                       std::move(share), slot, deadline);
        Reply reply = co_await deliver(self, journey);
        count(reply);
        co_return reply;
    } catch (...) {
        count_failure();
        throw;
    }
}

Task<Reply> Cluster::deliver(std::shared_ptr<Cluster> self, std::shared_ptr<Journey> journey) {
    co_await Topology::wait_known(self->topology_, journey->deadline);
    for (;;) {
        Refusal refusal{.kind = Kind::cluster_down};
        if (const auto address = self->next_address(*journey)) {
            journey->asked = *address;
            Reply reply = co_await try_once(self, journey);
            refusal = read_refusal(reply, *address);
            if (refusal.kind == Kind::none) co_return reply;
            journey->obstacle = reply.text.substr(0, reply.text.find(' '));
        } else {
            journey->obstacle = "no node serves the key";
        }
        co_await prepare_next(self, journey, std::move(refusal));
    }
}

std::optional<Address> Cluster::next_address(const Journey& journey) {
    if (journey.target) return journey.target;
    return journey.slot ? topology_->owner(*journey.slot) : topology_->some_master();
}

// A command without an answer is not sent again, here or elsewhere: it may have been executed. But the node may be
// dead or replaced without anybody telling us, so that we look.
Task<Reply> Cluster::try_once(std::shared_ptr<Cluster> self, std::shared_ptr<Journey> journey) {
    const auto node = self->nodes_->at(journey->asked);
    const auto request =
        std::make_shared<Request>(self->surroundings_->executor, journey->bytes, journey->share, journey->asking);
    try {
        co_return co_await Node::exchange(node, request, journey->deadline);
    } catch (const DependencyUnavailable&) {
        self->topology_->look_again();
        throw;
    } catch (const DeadlineExceeded&) {
        self->topology_->look_again();
        throw;
    }
}

// Decides where to try next, and waits if it is too early. Throws if there is no next time.
Task<void> Cluster::prepare_next(std::shared_ptr<Cluster> self, std::shared_ptr<Journey> journey, Refusal refusal) {
    journey->target.reset();
    journey->asking = false;
    if (refusal.kind == Kind::moved || refusal.kind == Kind::ask) {
        (refusal.kind == Kind::moved ? counters().moved : counters().asked).add();
        if (++journey->redirects > most_redirects) throw unavailable("sent from node to node without end");
        if (refusal.kind == Kind::moved) self->topology_->look_again(&journey->asked);
        if (refusal.kind == Kind::moved && refusal.target && journey->slot) {
            self->topology_->note_moved(*journey->slot, *refusal.target);
        }
        journey->asking = refusal.kind == Kind::ask;
        journey->target = std::move(refusal.target);
        if (journey->target && journey->redirects <= redirects_at_once) co_return;
    } else if (refusal.kind == Kind::no_sign_in || refusal.kind == Kind::read_only) {
        self->nodes_->at(journey->asked)->reconnect(journey->obstacle);
        if (refusal.kind == Kind::no_sign_in) throw unavailable(journey->obstacle);
    }
    counters().retried.add();
    if (refusal.kind != Kind::try_again) self->topology_->look_again();
    co_await pause(self, journey);
}

// Only if there is time for another attempt afterwards.
Task<void> Cluster::pause(std::shared_ptr<Cluster> self, std::shared_ptr<Journey> journey) {
    const auto until = steady_clock::now() + journey->pauses.next();
    if (until >= journey->deadline) throw unavailable(journey->obstacle);
    asio::steady_timer timer(self->surroundings_->executor, until);
    co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace safargo::redis
