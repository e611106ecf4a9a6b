// Messages of one channel, on a connection of its own that is opened again whenever it is lost, to whichever node
// answers: every node of a cluster has the messages of all.
#pragma once

#include "adapters/redis/client.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <string>

namespace safargo::redis {

class Subscriber {
public:
    // Of the options: url, ca_file, connect_timeout, longest_back_off, longest_silence (after a PING, before the
    // connection is given up) and ping_interval. Throws std::invalid_argument as Client does.
    Subscriber(boost::asio::any_io_executor executor, ClientOptions options, std::string channel);
    ~Subscriber();
    Subscriber(const Subscriber&) = delete;
    Subscriber& operator=(const Subscriber&) = delete;

    // The next payload, in order. An empty one means "(re)subscribed, messages may have been missed: check yourself",
    // and is the first result; also if the caller was too slow to take them. Waits without limit, through outages; one
    // caller at a time. On cancellation or close() throws boost::system::system_error(operation_aborted); what was not
    // taken then is still there for the next call.
    Task<std::string> next();
    void close();

private:
    class Channel;
    std::shared_ptr<Channel> channel_;
};

}  // namespace safargo::redis
