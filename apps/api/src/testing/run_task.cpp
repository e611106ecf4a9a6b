#include "testing/run_task.hpp"

namespace safargo::testing {

std::shared_ptr<boost::asio::io_context> shared_context() {
    thread_local const auto context = std::make_shared<boost::asio::io_context>(1);
    return context;
}

void turn_until(boost::asio::io_context& context, const bool& done) {
    context.restart();
    while (!done) {
        if (context.run_one() == 0) throw std::logic_error("the task waits for something that nobody will do");
    }
}

}  // namespace safargo::testing
