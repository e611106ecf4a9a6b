// Notifications of one channel on a dedicated direct connection (LISTEN does not work through a transaction pooler).
#pragma once

#include "core/task.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace safargo::db {

struct ListenerOptions {
    std::string url;      // secret
    std::string channel;  // an identifier: [a-z_][a-z0-9_]*
    std::chrono::milliseconds connect_timeout{2'000};
    std::chrono::milliseconds retry_delay{250};  // between attempts while the database is unreachable
    std::string application_name = "safargo-listener";
};

class Listener {
public:
    Listener(boost::asio::any_io_executor executor, ListenerOptions options);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    // The next payload. An empty one means "(re)connected, notifications may have been missed: check yourself", and is
    // the first result. Waits without limit, through outages and any errors; one caller at a time. On cancellation or
    // close() throws boost::system::system_error(operation_aborted).
    Task<std::string> next();
    void close();

private:
    class Channel;
    std::shared_ptr<Channel> channel_;
};

}  // namespace safargo::db
