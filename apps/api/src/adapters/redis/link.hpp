// A connection that speaks RESP: one coroutine reads, one writes.
#pragma once

#include "adapters/redis/reply_reader.hpp"
#include "adapters/redis/transport.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace safargo::redis {

class Link {
public:
    explicit Link(std::shared_ptr<Transport> transport) : transport_(std::move(transport)) {}

    // Replies that have arrived, in order. Throws ProtocolError.
    std::optional<Reply> next() { return reader_.next(); }

    // All throw boost::system::system_error, read() also ProtocolError. They keep the link alive.
    static Task<void> fill(std::shared_ptr<Link> self);  // waits for more bytes
    static Task<Reply> read(std::shared_ptr<Link> self);
    static Task<void> write(std::shared_ptr<Link> self, std::string bytes);
    // For the beginning of a connection, when nobody else reads or writes.
    static Task<Reply> ask(std::shared_ptr<Link> self, Command command);

    void close() { transport_->close(); }

private:
    std::shared_ptr<Transport> transport_;
    ReplyReader reader_;
    std::array<char, 16'384> buffer_;
};

}  // namespace safargo::redis
