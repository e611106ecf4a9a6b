#include "net/hosts.hpp"

#include "core/logging.hpp"

#include <utility>

namespace safargo::net {
namespace {

constexpr std::size_t most_waiting = 1'000;  // for one host
constexpr std::size_t most_hosts = 256;

}  // namespace

Host::Host(boost::asio::any_io_executor executor, std::size_t connections, const CircuitBreaker::Rules& rules,
           std::string vendor)
    : vendor_(std::move(vendor)),
      slots_(std::move(executor), connections, most_waiting),
      breaker_(rules),
      open_circuits_(metrics::gauge("safargo_outbound_circuits_open",
                                    "Hosts that are not asked because they failed, counted by each thread.",
                                    {{"vendor", vendor_}})) {}

Host::~Host() {
    if (shown_open_) open_circuits_.add(-1);
}

std::optional<CircuitBreaker::Permit> Host::ask(CircuitBreaker::Time now) {
    return breaker_.ask(now);
}

void Host::tell(CircuitBreaker::Permit permit, CircuitBreaker::Result result, CircuitBreaker::Time now) {
    breaker_.tell(permit, result, now);
    show();
}

// A probe that is on its way leaves the circuit open.
void Host::show() {
    const bool open = breaker_.state() != CircuitBreaker::State::closed;
    if (open == shown_open_) return;
    shown_open_ = open;
    open_circuits_.add(open ? 1 : -1);
    log::warning(open ? "outbound_circuit_opened" : "outbound_circuit_closed", {{"vendor", std::string_view(vendor_)}});
}

std::shared_ptr<Host> Hosts::find(const std::string& origin, const std::string& vendor) {
    const auto found = hosts_.find(origin);
    if (found != hosts_.end()) return found->second;
    if (hosts_.size() >= most_hosts) {
        std::erase_if(hosts_, [](const auto& entry) { return entry.second->is_idle(); });
    }
    if (hosts_.size() >= most_hosts) hosts_.erase(hosts_.begin());  // who uses it keeps it
    return hosts_.emplace(origin, std::make_shared<Host>(executor_, connections_, rules_, vendor)).first->second;
}

}  // namespace safargo::net
