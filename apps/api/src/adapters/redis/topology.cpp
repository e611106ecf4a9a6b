#include "adapters/redis/topology.hpp"

#include "adapters/redis/counters.hpp"
#include "core/current_failure.hpp"
#include "core/failures.hpp"
#include "core/logging.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <iterator>
#include <random>

namespace safargo::redis {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;
using Condition = Node::Condition;

constexpr std::chrono::milliseconds shortest_spacing{100};  // between two looks
constexpr std::chrono::seconds longest_rest{30};            // what no error reports is seen after that
constexpr std::size_t most_asked = 16;                      // in one look

const auto& question() {
    static const auto bytes = std::make_shared<const std::string>("*2\r\n$7\r\nCLUSTER\r\n$5\r\nSLOTS\r\n");
    return bytes;
}

void append_shuffled(std::vector<Address>& all, std::span<const Address> more) {
    thread_local std::minstd_rand luck(std::random_device{}());
    const auto begin = static_cast<std::ptrdiff_t>(all.size());
    all.insert(all.end(), more.begin(), more.end());
    std::ranges::shuffle(all.begin() + begin, all.end(), luck);
}

void remove_repeated(std::vector<Address>& all) {
    std::vector<Address> once;
    for (Address& address : all) {
        if (std::ranges::find(once, address) == once.end()) once.push_back(std::move(address));
    }
    all = std::move(once);
}

}  // namespace

Topology::Topology(std::shared_ptr<const Node::Surroundings> surroundings, std::shared_ptr<Nodes> nodes)
    : surroundings_(std::move(surroundings)),
      nodes_(std::move(nodes)),
      looked_(surroundings_->executor),
      wanted_(surroundings_->executor),
      pause_(surroundings_->executor),
      spacing_(shortest_spacing, std::max(shortest_spacing, surroundings_->options.longest_back_off)) {}

Task<void> Topology::follow(std::shared_ptr<Topology> self) {
    while (!self->closed_) {
        const Seen seen = co_await look(self);
        const auto& count = seen == Seen::changed     ? counters().changed
                            : seen == Seen::unchanged ? counters().unchanged
                                                      : counters().unseen;
        count.add();
        self->judge_health();
        self->looked_.ring();
        co_await self->rest(seen);
    }
}

// While something is wrong we look again after a pause; when all is well, only if somebody asks for it.
Task<void> Topology::rest(Seen seen) {
    if (seen == Seen::changed) spacing_.reset();
    if (closed_) co_return;
    pause_.expires_after(spacing_.next());
    co_await pause_.async_wait(asio::as_tuple(asio::use_awaitable));
    if (closed_ || !all_is_well()) co_return;
    const auto before = steady_clock::now();
    co_await wanted_.wait(longest_rest);
    if (steady_clock::now() - before > surroundings_->options.longest_back_off) spacing_.reset();
}

Task<Topology::Seen> Topology::look(std::shared_ptr<Topology> self) {
    for (const Address& address : self->whom_to_ask()) {
        if (self->closed_) break;
        try {
            co_return self->adopt(co_await ask(self, address));
        } catch (...) {
            self->failure_ = describe_current_failure();
        }
    }
    co_return Seen::nothing;
}

// Who knows better, then who answers, and if nobody does, everyone that we have ever heard of and the seeds.
std::vector<Address> Topology::whom_to_ask() {
    std::vector<Address> all;
    append_shuffled(all, table_.masters());
    append_shuffled(all, surroundings_->dialer->seeds());
    append_shuffled(all, table_.replicas());
    std::vector<Address> ordered;
    if (better_informed_) ordered.push_back(*better_informed_);
    better_informed_.reset();
    for (const Condition wanted :
         {Condition::answering, Condition::slow, Condition::connecting, Condition::unreachable}) {
        std::ranges::copy_if(all, std::back_inserter(ordered),
                             [&](const Address& address) { return nodes_->condition(address) == wanted; });
    }
    remove_repeated(ordered);
    ordered.resize(std::min(ordered.size(), most_asked));
    return ordered;
}

Task<SlotTable> Topology::ask(std::shared_ptr<Topology> self, Address address) {
    const std::shared_ptr<Node> node = self->nodes_->at(address);
    const auto request = std::make_shared<Request>(self->surroundings_->executor, question());
    const Reply reply =
        co_await Node::exchange(node, request, steady_clock::now() + self->surroundings_->options.connect_timeout);
    if (!reply.is_error()) co_return SlotTable::parse(reply, address);
    if (reply.text.contains("cluster support disabled")) co_return SlotTable::of_one(address);
    throw ProtocolError("CLUSTER SLOTS refused: " + reply.text.substr(0, reply.text.find(' ')));
}

Topology::Seen Topology::adopt(SlotTable fresh) {
    failure_.clear();
    const bool same = fresh == seen_;
    table_ = seen_ = std::move(fresh);
    for (const Address& master : table_.masters()) nodes_->at(master);
    nodes_->retire([this](const Address& address) { return table_.is_master(address); });
    if (same) return Seen::unchanged;
    log::info("redis_topology", {{"masters", static_cast<long long>(table_.masters().size())},
                                 {"replicas", static_cast<long long>(table_.replicas().size())}});
    return Seen::changed;
}

Task<void> Topology::wait_known(std::shared_ptr<Topology> self, Deadline deadline) {
    if (self->table_.empty() && self->failure_.empty() && !self->closed_) co_await self->looked_.wait(deadline);
    if (!self->table_.empty() && !self->closed_) co_return;
    if (self->closed_) throw DependencyUnavailable("redis", "closed");
    if (!self->failure_.empty()) throw DependencyUnavailable("redis", "no node answers: " + self->failure_);
    throw DeadlineExceeded("redis: not connected in time");
}

std::optional<Address> Topology::owner(std::uint16_t slot) const {
    const Address* const address = table_.owner(slot);
    return address == nullptr ? std::nullopt : std::optional(*address);
}

std::optional<Address> Topology::some_master() {
    const auto masters = table_.masters();
    if (masters.empty()) return std::nullopt;
    std::optional<Address> best;
    for (std::size_t i = 0; i < masters.size(); ++i) {
        const Address& candidate = masters[(turn_ + i) % masters.size()];
        if (!best || nodes_->condition(candidate) < nodes_->condition(*best)) best = candidate;
    }
    ++turn_;
    return best;
}

void Topology::look_again(const Address* from) {
    if (from != nullptr) better_informed_ = *from;
    wanted_.ring();
}

bool Topology::all_is_well() const {
    return !table_.empty() && failure_.empty() && std::ranges::all_of(table_.masters(), [this](const Address& address) {
        return nodes_->condition(address) != Condition::unreachable;
    });
}

void Topology::judge_health() {
    if (table_.empty()) {
        if (!failure_.empty()) surroundings_->health->set(Health::State::down);
        return;
    }
    const auto masters = table_.masters();
    const auto connected = std::ranges::count_if(
        masters, [this](const Address& address) { return nodes_->condition(address) <= Condition::slow; });
    const bool all = connected == static_cast<std::ptrdiff_t>(masters.size());
    surroundings_->health->set(all              ? Health::State::ok
                               : connected == 0 ? Health::State::down
                                                : Health::State::degraded);
}

void Topology::close() {
    closed_ = true;
    pause_.cancel();
    wanted_.ring();
    looked_.ring();
}

}  // namespace safargo::redis
