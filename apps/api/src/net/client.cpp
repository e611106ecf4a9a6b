#include "net/client.hpp"

#include "core/failures.hpp"
#include "net/attempt.hpp"
#include "net/hosts.hpp"
#include "net/multi.hpp"
#include "net/outbound_record.hpp"
#include "net/request_check.hpp"
#include "net/retry.hpp"
#include "net/trust_store.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <optional>
#include <random>
#include <utility>

namespace safargo::net {

namespace asio = boost::asio;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

// An attempt that its caller cut shorter than this says nothing about the host.
constexpr milliseconds long_enough{1'000};

CircuitBreaker::Result judge(Ending ending, int status, bool had_time) {
    using Result = CircuitBreaker::Result;
    switch (ending) {
        case Ending::unreachable:
        case Ending::untrusted:
        case Ending::interrupted:
            return Result::failure;
        case Ending::late:
            return had_time ? Result::failure : Result::neither;
        case Ending::answered:
            if (status == 429) return Result::neither;  // well, but busy with us
            return status == 502 || status == 503 || status == 504 ? Result::failure : Result::success;
        default:
            return Result::neither;
    }
}

// Returns for an answer.
void throw_unless_answered(Ending ending, const std::string& vendor) {
    if (ending == Ending::answered) return;
    if (ending == Ending::late) throw DeadlineExceeded(vendor + ": no answer in time");
    throw DependencyUnavailable(vendor, std::string(name(ending)));
}

}  // namespace

// What the requests of one client share; kept alive by each in progress.
class Client::Engine {
public:
    Engine(asio::any_io_executor on, const ClientOptions& options)
        : executor(std::move(on)),
          settings(options),
          trust(TrustStore::of(options.ca_file)),
          multi(executor),
          hosts(executor, std::max<std::size_t>(options.connections_per_host, 1), options.longest_pause) {}

    static Task<Response> send(std::shared_ptr<Engine> self, Request request);

    Retry::Moment moment() {
        return {steady_clock::now(), std::chrono::system_clock::now(),
                std::uniform_real_distribution(0.0, 1.0)(chance)};
    }

    asio::any_io_executor executor;
    ClientOptions settings;
    std::shared_ptr<const TrustStore> trust;
    Multi multi;
    Hosts hosts;
    OutboundMetrics metrics;
    std::minstd_rand chance{std::random_device()()};
};

// One request with its repetitions.
class Client::Sending {
public:
    Sending(Engine& engine, const Request& request)
        : engine_(engine),
          request_(request),
          deadline_(std::min(request.deadline, steady_clock::now() + engine.settings.patience)),
          host_(engine.hosts.find(origin_of(request.url), request.vendor)),
          record_(engine.metrics, request) {}

    Task<Response> run() {
        Retry retry(engine_.settings.attempts, request_.repeatable, deadline_);
        Answer answer = co_await try_once();
        while (const auto pause = retry.after(answer.ending, answer.response, engine_.moment())) {
            if (host_->refuses(steady_clock::now())) break;
            co_await sleep(*pause);
            Answer next = co_await try_once();
            if (next.ending == Ending::circuit_open) break;  // what is known already says more
            record_.repeated();
            answer = std::move(next);
        }
        record_.ended(answer.ending, answer.response.status);
        throw_unless_answered(answer.ending, request_.vendor);
        co_return std::move(answer.response);
    }

private:
    struct Answer {
        Ending ending;
        Response response{};
    };

    Task<Answer> try_once() {
        if (steady_clock::now() >= deadline_) co_return Answer{Ending::late};
        if (host_->refuses(steady_clock::now())) co_return Answer{Ending::circuit_open};
        if (host_->slots().is_full()) co_return Answer{Ending::busy};
        const std::optional<Slots::Slot> slot = co_await host_->slots().take(deadline_);
        if (!slot) co_return Answer{Ending::late};
        const auto permit = host_->ask(steady_clock::now());
        if (!permit) co_return Answer{Ending::circuit_open};
        co_return co_await attempt(*permit);
    }

    Task<Answer> attempt(CircuitBreaker::Permit permit) {
        Trial trial(*host_, permit);
        const auto began = steady_clock::now();
        Attempt attempt({engine_.executor, &engine_.multi, engine_.trust.get(), engine_.settings.connect_timeout},
                        request_);
        const Ending ending = co_await attempt.run(deadline_);
        const bool had_time = steady_clock::now() - began >= std::min(long_enough, engine_.settings.patience / 2);
        trial.found(judge(ending, attempt.response().status, had_time));
        co_return Answer{ending, std::move(attempt.response())};
    }

    Task<void> sleep(milliseconds pause) {
        asio::steady_timer timer(engine_.executor, pause);
        co_await timer.async_wait(asio::use_awaitable);
    }

    Engine& engine_;
    const Request& request_;
    Deadline deadline_;
    std::shared_ptr<Host> host_;
    OutboundRecord record_;
};

Task<Response> Client::Engine::send(std::shared_ptr<Engine> self, Request request) {
    check_request(request);
    Sending sending(*self, request);
    co_return co_await sending.run();
}

Client::Client(asio::any_io_executor executor, ClientOptions options)
    : engine_(std::make_shared<Engine>(std::move(executor), options)) {}

Client::~Client() = default;

Task<Response> Client::send(Request request) {
    return Engine::send(engine_, std::move(request));
}

}  // namespace safargo::net
