// What is said to Redis and what it answers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::redis {

using Command = std::vector<std::string>;  // "SET", "key", "value"

struct Reply {
    enum class Kind { nil, status, error, integer, text, list };

    Kind kind = Kind::nil;
    std::int64_t integer = 0;
    std::string text{};  // of status, error and text
    std::vector<Reply> items{};

    bool is_error() const { return kind == Kind::error; }
    // An error of this kind: its first word ("MOVED").
    bool is_error(std::string_view code) const {
        return is_error() && text.starts_with(code) && (text.size() == code.size() || text[code.size()] == ' ');
    }
    bool operator==(const Reply&) const = default;
};

// The wire format: an array of bulk strings. Throws std::invalid_argument for a command without a word.
void append_command(std::string& bytes, const Command& command);

}  // namespace safargo::redis
