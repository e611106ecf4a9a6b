#include "load/run.hpp"

#include "load/worker.hpp"

#include <sys/resource.h>

#include <algorithm>

namespace safargo::load {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr rlim_t spare_descriptors = 64;

// As many descriptors as the plan may open.
void allow_connections(const Plan& plan) {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < plan.most_connections() + spare_descriptors)
        throw std::runtime_error(fmt::format("this process may open {} files, too few for {} connections (ulimit -n)",
                                             limit.rlim_cur, plan.most_connections()));
}

void reach(const Plan& plan) {
    asio::io_context io;
    asio::ip::tcp::socket socket(io);
    boost::system::error_code result = asio::error::timed_out;
    socket.async_connect(plan.target, [&result](const boost::system::error_code& how) { result = how; });
    io.run_for(std::min<std::chrono::nanoseconds>(plan.timeout, 5s));
    if (result) throw std::runtime_error("the target cannot be reached: " + result.message());
}

}  // namespace

Outcome run(const Plan& plan, Mix& mix) {
    allow_connections(plan);
    reach(plan);
    const auto begins = Clock::now() + 10ms;  // else the first requests would be late
    return Worker(plan, mix, begins).run();
}

}  // namespace safargo::load
