// libcurl's multi handle on Asio: libcurl names the sockets and the time that it waits for, Asio waits for them. It
// keeps the open connections. One thread.
#pragma once

#include <curl/curl.h>
#include <boost/asio/any_io_executor.hpp>

#include <memory>

namespace safargo::net {

// What a handle in a Multi belongs to.
class Transfer {
public:
    // The handle has left the Multi. Called from the event loop, never from within add() or remove().
    virtual void end(CURLcode code) = 0;

protected:
    ~Transfer() = default;
};

class Multi {
public:
    explicit Multi(const boost::asio::any_io_executor& executor);
    ~Multi();
    Multi(const Multi&) = delete;
    Multi& operator=(const Multi&) = delete;

    void add(CURL* handle, Transfer& owner);  // throws std::runtime_error
    // Stops the transfer at once, without a call of end(). Its connection is closed if it was in use.
    void remove(CURL* handle);

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace safargo::net
