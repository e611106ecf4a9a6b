#include "adapters/redis/dialer.hpp"

#include "core/current_failure.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <random>

namespace safargo::redis {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using std::chrono::steady_clock;

constexpr std::size_t most_endpoints = 8;  // tried in one attempt, of a name that has many

Task<Endpoints> resolve(Address address) {
    tcp::resolver resolver(co_await asio::this_coro::executor);
    const auto found = co_await resolver.async_resolve(address.host, std::to_string(address.port),
                                                       tcp::resolver::numeric_service, asio::use_awaitable);
    Endpoints endpoints;
    for (const auto& entry : found) endpoints.push_back(entry.endpoint());
    co_return endpoints;
}

// Closes the link at that time, unless it is destroyed before.
class TimeLimit {
public:
    TimeLimit(const asio::any_io_executor& executor, const std::shared_ptr<Transport>& transport, Deadline deadline)
        : timer_(executor, deadline) {
        timer_.async_wait([weak = std::weak_ptr(transport), passed = passed_](const auto& cancelled) {
            if (cancelled) return;
            *passed = true;
            if (const auto open = weak.lock()) open->close();
        });
    }
    bool has_passed() const { return *passed_; }

private:
    asio::steady_timer timer_;
    std::shared_ptr<bool> passed_ = std::make_shared<bool>(false);
};

void shuffle(Endpoints& endpoints) {
    thread_local std::minstd_rand luck(std::random_device{}());
    std::ranges::shuffle(endpoints, luck);
}

}  // namespace

struct Dialer::Answer {
    explicit Answer(const asio::any_io_executor& executor) : bell(executor) {}
    Bell bell;
    bool ready = false;
    Endpoints endpoints;
    std::string failure;
};

Dialer::Dialer(asio::any_io_executor executor, const ClientOptions& options, Lookup lookup)
    : executor_(std::move(executor)),
      settings_(parse_url(options.url)),
      tls_(settings_.tls ? make_tls(options.ca_file) : nullptr),
      timeout_(options.connect_timeout),
      lookup_(lookup ? std::move(lookup) : resolve) {}

Task<Dialer::Opened> Dialer::open(std::shared_ptr<Dialer> self, Address address) {
    const Deadline deadline = steady_clock::now() + self->timeout_;
    Found found = co_await find(self, address, deadline);
    if (!found) co_return std::unexpected(found.error());
    Endpoints endpoints = std::move(*found);
    // In another order each time: the first address of a name may be one that nobody answers at.
    shuffle(endpoints);
    endpoints.resize(std::min(endpoints.size(), most_endpoints));
    std::string reason = "its name has no address";
    for (std::size_t i = 0; i < endpoints.size(); ++i) {
        const auto share = (deadline - steady_clock::now()) / static_cast<long>(endpoints.size() - i);
        Opened opened = co_await try_one(self, endpoints[i], address, steady_clock::now() + share);
        if (opened) co_return opened;
        reason = opened.error();
    }
    co_return std::unexpected(reason);
}

Task<Dialer::Found> Dialer::find(std::shared_ptr<Dialer> self, Address address, Deadline deadline) {
    boost::system::error_code is_name;
    const auto numeric = asio::ip::make_address(address.host, is_name);
    if (!is_name) co_return Endpoints{{numeric, address.port}};
    std::shared_ptr<Answer> answer = self->lookups_[address];
    if (!answer) {
        answer = self->lookups_[address] = std::make_shared<Answer>(self->executor_);
        asio::co_spawn(self->executor_, look_up(self, address, answer), asio::detached);
    }
    if (!answer->ready) co_await answer->bell.wait(deadline);
    if (!answer->ready) co_return std::unexpected("its name is not resolved in time");
    if (!answer->failure.empty()) co_return std::unexpected(answer->failure);
    co_return answer->endpoints;
}

Task<void> Dialer::look_up(std::shared_ptr<Dialer> self, Address address, std::shared_ptr<Answer> answer) {
    try {
        answer->endpoints = co_await self->lookup_(address);
    } catch (...) {
        answer->failure = describe_current_failure();
    }
    answer->ready = true;
    self->lookups_.erase(address);
    answer->bell.ring();
}

Task<Dialer::Opened> Dialer::try_one(std::shared_ptr<Dialer> self, tcp::endpoint endpoint, Address address,
                                     Deadline deadline) {
    const auto transport = Transport::make(self->executor_, self->tls_);
    const auto link = std::make_shared<Link>(transport);
    const TimeLimit limit(self->executor_, transport, deadline);
    std::string reason;
    try {
        co_await transport->connect(endpoint, address.host);
        co_await sign_in(self, link);
        co_return link;
    } catch (const std::exception& failure) {
        reason = limit.has_passed() ? "no connection in time" : failure.what();
    }
    link->close();
    co_return std::unexpected(reason);
}

// With every connection; Redis forgets us with the last one.
Task<void> Dialer::sign_in(std::shared_ptr<Dialer> self, std::shared_ptr<Link> link) {
    const Settings& settings = self->settings_;
    if (settings.password.empty()) co_return;
    Command command{"AUTH"};
    if (!settings.user.empty()) command.push_back(settings.user);
    command.push_back(settings.password);
    const Reply reply = co_await Link::ask(link, std::move(command));
    if (reply.kind == Reply::Kind::status) co_return;
    // Only the kind of the error: its text is the server's.
    throw ProtocolError("sign-in refused: " + (reply.is_error() ? reply.text.substr(0, reply.text.find(' ')) : "?"));
}

}  // namespace safargo::redis
