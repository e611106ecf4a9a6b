#include "core/event_loop.hpp"

#include "core/current_failure.hpp"
#include "core/logging.hpp"

namespace safargo {

void run_through_failures(boost::asio::io_context& context) {
    for (;;) {
        try {
            context.run();
            return;
        } catch (...) {
            log::error("detached_task_failed", {{"what", std::string_view(describe_current_failure())}});
        }
    }
}

}  // namespace safargo
