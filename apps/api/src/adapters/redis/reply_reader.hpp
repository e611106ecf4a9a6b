// Replies (RESP2) out of a stream of bytes, however it is cut. The server is not trusted: a length that it announces
// only says how much may follow, and everything has a limit.
#pragma once

#include "adapters/redis/reply.hpp"

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::redis {

// What was received is not RESP, or more than we take. The connection is of no further use.
struct ProtocolError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct ReplyLimits {
    std::size_t line = 65'536;       // bytes of a status, an error, a number or a length
    std::size_t text = 8'388'608;    // bytes of one bulk string
    std::size_t reply = 16'777'216;  // bytes of one reply with all that is in it
    std::size_t items = 524'288;     // elements of one reply, counting those of inner lists
    std::size_t depth = 8;           // lists within lists
};

class ReplyReader {
public:
    explicit ReplyReader(ReplyLimits limits = {}) : limits_(limits) {}

    void feed(std::string_view bytes) { buffer_.append(bytes); }
    // The next complete reply; nothing until more is fed. Throws ProtocolError, and then at every further call.
    std::optional<Reply> next();
    std::size_t waiting_bytes() const { return buffer_.size() - position_; }

private:
    struct OpenList {
        Reply list;
        std::size_t missing;
    };

    std::optional<Reply> read_element();
    std::optional<std::string_view> read_line();
    std::optional<Reply> read_text(std::string_view length);
    std::optional<Reply> open_list(std::string_view length);
    std::optional<Reply> close_lists(Reply element);
    void take(std::size_t bytes);
    void count_element();
    void forget_consumed();
    [[noreturn]] void refuse(const char* reason);

    ReplyLimits limits_;
    std::string buffer_;
    std::size_t position_ = 0;  // of the first byte that is not consumed
    std::size_t scanned_ = 0;   // bytes after it that hold no end of a line
    std::vector<OpenList> open_;
    std::size_t taken_ = 0, elements_ = 0;  // of the reply in progress
    bool refused_ = false;
};

}  // namespace safargo::redis
