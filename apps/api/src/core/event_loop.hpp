// The loop of a thread that must not end before its work does.
#pragma once

#include <boost/asio/io_context.hpp>

namespace safargo {

// Runs `context` until it is out of work or stopped. What a task that nobody waits for throws is logged, and the others
// go on: left to itself it would end the process.
void run_through_failures(boost::asio::io_context& context);

}  // namespace safargo
