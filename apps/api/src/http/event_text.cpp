#include "http/event_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace safargo::http {
namespace {

void append_line(std::string& text, std::string_view field, std::string_view value) {
    if (value.empty()) return;
    text.append(field);
    std::ranges::transform(value, std::back_inserter(text), [](char c) { return c == '\r' || c == '\n' ? ' ' : c; });
    text.push_back('\n');
}

// "a\r\nb" -> "a", and `rest` becomes "b"
std::string_view cut_line(std::string_view& rest) {
    const std::size_t end = rest.find_first_of("\r\n");
    const std::string_view line = rest.substr(0, end);
    if (end == std::string_view::npos) {
        rest = {};
    } else {
        rest.remove_prefix(end + (rest.substr(end).starts_with("\r\n") ? 2 : 1));
    }
    return line;
}

}  // namespace

void append_event(std::string& text, const Event& event) {
    append_line(text, ": ", event.comment);
    append_line(text, "id: ", event.id);
    append_line(text, "event: ", event.name);
    for (std::string_view rest = event.data; !rest.empty();) {
        text.append("data: ").append(cut_line(rest)).push_back('\n');
    }
    text.push_back('\n');
}

void append_retry(std::string& text, std::chrono::milliseconds delay) {
    fmt::format_to(std::back_inserter(text), "retry: {}\n\n", delay.count());
}

std::string as_chunk(std::string_view text) {
    return fmt::format("{:x}\r\n{}\r\n", text.size(), text);
}

}  // namespace safargo::http
