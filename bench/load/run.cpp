#include "load/run.hpp"

#include "load/closed_loop.hpp"
#include "load/open_loop.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace safargo::load {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr std::chrono::milliseconds threads_start{10};  // else the first requests would be late
constexpr rlim_t spare_descriptors = 64;

std::unique_ptr<Worker> make_worker(Shared& shared, unsigned index) {
    if (shared.plan.kind == Plan::Kind::open) return std::make_unique<OpenLoop>(shared, index);
    return std::make_unique<ClosedLoop>(shared, index);
}

// As many descriptors as the plan may open, or why not.
std::string allow_connections(const Plan& plan) {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur >= plan.most_connections() + spare_descriptors) return {};
    return fmt::format("this process may open {} files, too few for {} connections (ulimit -n)", limit.rlim_cur,
                       plan.most_connections());
}

std::string reach(const Plan& plan) {
    asio::io_context io;
    asio::ip::tcp::socket socket(io);
    boost::system::error_code result = asio::error::timed_out;
    socket.async_connect(target_of(plan), [&result](const boost::system::error_code& how) { result = how; });
    io.run_for(std::min<std::chrono::nanoseconds>(plan.timeout, 5s));
    return result ? fmt::format("{} cannot be reached: {}", plan.target, result.message()) : std::string();
}

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// The threads of a run, and the one that started them, which wakes at the edges of the measured part and to show
// progress.
class Crew {
public:
    explicit Crew(Shared& shared) : shared_(shared) {
        for (unsigned i = 0; i < shared.plan.threads; ++i) workers_.push_back(make_worker(shared, i));
    }

    void run(const Watcher& watcher) {
        for (auto& worker : workers_) threads_.emplace_back([this, &worker] { work(*worker); });
        auto next_look = shared_.begins + watcher.every;
        while (sleep_until(next_look)) {
            watcher.look(progress());
            next_look += watcher.every;
        }
        threads_.clear();  // joins
        if (failure_) std::rethrow_exception(failure_);
        watcher.look(progress());
    }

    double cpu() const { return cpu_from_ && cpu_until_ ? *cpu_until_ - *cpu_from_ : 0; }

    Tally tally() const {
        Tally all(shared_.mix.entries().size(), shared_.measured_from, shared_.ends);
        for (const auto& worker : workers_) all.merge(worker->tally());
        return all;
    }

private:
    void work(Worker& worker) {
        std::exception_ptr failure;
        try {
            worker.run();
        } catch (...) {
            failure = std::current_exception();
        }
        const std::scoped_lock lock(mutex_);
        if (failure) failure_ = failure;
        ++finished_;
        changed_.notify_all();
    }

    // False as soon as all have finished.
    bool sleep_until(TimePoint time) {
        const auto all_finished = [this] { return finished_ == workers_.size(); };
        std::unique_lock lock(mutex_);
        for (;;) {
            const auto edge = !cpu_from_ ? shared_.measured_from : cpu_until_ ? TimePoint::max() : shared_.ends;
            const bool finished = changed_.wait_until(lock, std::min(time, edge), all_finished);
            const auto now = Clock::now();
            if (!cpu_from_ && now >= shared_.measured_from) cpu_from_ = cpu_seconds();
            if (!cpu_until_ && (finished || now >= shared_.ends)) cpu_until_ = cpu_seconds();
            if (finished) return false;
            if (now >= time) return true;
        }
    }

    Progress progress() const {
        Progress sum{.elapsed = Clock::now() - shared_.begins, .answered = 0, .errors = 0};
        for (const auto& worker : workers_) {
            sum.answered += worker->answers();
            sum.errors += worker->errors();
        }
        return sum;
    }

    Shared& shared_;
    std::vector<std::unique_ptr<Worker>> workers_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t finished_ = 0;
    std::exception_ptr failure_;
    std::optional<double> cpu_from_;
    std::optional<double> cpu_until_;
    std::vector<std::jthread> threads_;
};

}  // namespace

OrLine<Outcome> run(const Plan& plan, Mix& mix, const Watcher& watcher) {
    if (auto refusal = allow_connections(plan); !refusal.empty()) return std::unexpected(std::move(refusal));
    if (auto refusal = reach(plan); !refusal.empty()) return std::unexpected(std::move(refusal));
    const auto begins = Clock::now() + threads_start;
    Shared shared{.plan = plan,
                  .mix = mix,
                  .begins = begins,
                  .measured_from = begins + plan.warmup,
                  .ends = begins + plan.warmup + plan.duration};
    Crew crew(shared);
    crew.run(watcher);
    auto tally = crew.tally();
    const bool exhausted = shared.exhausted;
    const std::chrono::duration<double> measured =
        exhausted ? std::min(tally.last_end, shared.ends) - shared.measured_from : plan.duration;
    return Outcome{
        .tally = std::move(tally), .seconds = measured.count(), .cpu_seconds = crew.cpu(), .exhausted = exhausted};
}

}  // namespace safargo::load
