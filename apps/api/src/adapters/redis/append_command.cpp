#include "adapters/redis/reply.hpp"

#include <fmt/format.h>

#include <iterator>
#include <stdexcept>

namespace safargo::redis {

void append_command(std::string& bytes, const Command& command) {
    if (command.empty()) throw std::invalid_argument("a Redis command without a word");
    fmt::format_to(std::back_inserter(bytes), "*{}\r\n", command.size());
    for (const std::string& word : command) {
        fmt::format_to(std::back_inserter(bytes), "${}\r\n", word.size());
        bytes.append(word).append("\r\n");
    }
}

}  // namespace safargo::redis
