// Event loop for threads that must not end before their work does.
#pragma once

#include <boost/asio/io_context.hpp>

namespace safargo {

// Runs `context` until it is out of work or stopped. An exception from a detached task is logged and the loop
// continues; unhandled, it would end the process.
void run_through_failures(boost::asio::io_context& context);

}  // namespace safargo
