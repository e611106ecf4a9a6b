// What wake-ups need whatever carries them: what is published from any thread is sent together, each payload once, and
// what is heard goes to all listeners.
#pragma once

#include "core/task.hpp"
#include "core/wakeup.hpp"
#include "ports/wakeups.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace safargo::local {

class WakeupRelay : public Wakeups {
public:
    static constexpr std::chrono::milliseconds interval{5};  // between two sendings
    static constexpr std::chrono::milliseconds after_failure{250};
    static constexpr std::size_t most_waiting = 4'096;  // payloads; more are told as "some were missed"

    void publish(std::string payload) final;
    void listen(Listener listener) final;

    // Both run until close(), on the executor, and survive every failure of what carries them.
    Task<void> send_published();
    Task<void> hear();
    void close();  // on the executor

protected:
    explicit WakeupRelay(boost::asio::any_io_executor executor);

private:
    virtual Task<void> transmit(std::vector<std::string> payloads) = 0;
    virtual Task<std::string> next() = 0;  // as db::Listener::next
    virtual void stop_hearing() = 0;       // ends next()

    std::vector<std::string> take_waiting();
    void call_listeners(std::string_view payload);
    Task<void> rest(std::chrono::milliseconds time);

    boost::asio::any_io_executor executor_;
    Wakeup bell_;
    std::atomic<bool> closed_ = false;

    std::mutex mutex_;
    std::set<std::string> waiting_;
    std::vector<std::shared_ptr<const Listener>> listeners_;
};

}  // namespace safargo::local
