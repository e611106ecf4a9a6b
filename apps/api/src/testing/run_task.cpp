#include "testing/run_task.hpp"

#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <stdexcept>

namespace safargo::testing {
namespace {

void turn_until(boost::asio::io_context& context, const bool& done) {
    context.restart();
    while (!done) {
        if (context.run_one() == 0) throw std::logic_error("the task waits for something that will never happen");
    }
}

}  // namespace

std::shared_ptr<boost::asio::io_context> shared_context() {
    thread_local const auto context = std::make_shared<boost::asio::io_context>(1);
    return context;
}

void run_all(std::vector<Task<void>> tasks) {
    const auto context = shared_context();
    std::size_t running = tasks.size();
    bool done = running == 0;
    std::exception_ptr failure;
    for (Task<void>& task : tasks) {
        boost::asio::co_spawn(*context, std::move(task), [&](std::exception_ptr thrown) {
            if (thrown && !failure) failure = thrown;
            done = --running == 0;
        });
    }
    turn_until(*context, done);
    if (failure) std::rethrow_exception(failure);
}

void run(Task<void> task) {
    std::vector<Task<void>> one;
    one.push_back(std::move(task));
    run_all(std::move(one));
}

}  // namespace safargo::testing
