// A barrier for coroutines of shared_context(): none passes before `party` of them have arrived. Once open it stays
// open.
#pragma once

#include "core/task.hpp"
#include "testing/run_task.hpp"

#include <boost/asio/steady_timer.hpp>

#include <cstddef>

namespace safargo::testing {

class Gate {
public:
    explicit Gate(std::size_t party);
    Task<void> pass();
    void open();

private:
    std::size_t missing_;
    boost::asio::steady_timer opening_;
};

}  // namespace safargo::testing
