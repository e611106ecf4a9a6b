// The text of server-sent events (WHATWG HTML, section 9.2) and of the chunks that carry it (RFC 9112, section 7.1).
#pragma once

#include "http/event_source.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace safargo::http {

inline constexpr std::string_view heartbeat_text = ": heartbeat\n\n";
inline constexpr std::string_view last_chunk = "0\r\n\r\n";

// Line breaks of any kind begin another line of data, as the format wants it; in the other parts they become spaces.
void append_event(std::string& text, const Event& event);
void append_retry(std::string& text, std::chrono::milliseconds delay);  // how long clients wait before they come back

std::string as_chunk(std::string_view text);  // `text` must not be empty: an empty chunk is the last one

}  // namespace safargo::http
