// Answers of Twilio, read strictly: what is missing or of another type makes the whole answer unreadable.
#pragma once

#include "core/time.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::twilio {

// Says which part is wrong, and quotes nothing of it.
struct BadAnswer : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Message {
    std::string sid;
    std::string status;
    std::optional<std::int64_t> error_code;
    std::string direction;  // "outbound-api" for what we sent
    std::string to;
    std::string body;  // "" once it is redacted
    std::optional<Instant> created_at;
};

// All throw BadAnswer.
Message read_message(std::string_view body);
std::vector<Message> read_messages(std::string_view body, std::size_t most);
// The code of a problem ("21211"); 0 if it has none.
std::int64_t read_problem(std::string_view body);

bool is_message_sid(std::string_view text);  // "SM…" or "MM…"

// "Thu, 24 Aug 2023 05:01:45 +0000", as in RFC 2822; nullopt for anything else.
std::optional<Instant> parse_date(std::string_view text);

}  // namespace safargo::twilio
