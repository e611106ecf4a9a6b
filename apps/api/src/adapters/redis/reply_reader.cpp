#include "adapters/redis/reply_reader.hpp"

#include <charconv>

namespace safargo::redis {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::size_t worth_forgetting = 65'536;  // consumed bytes; moving the rest for less costs more than it frees
constexpr std::size_t worth_keeping = 262'144;    // of an empty buffer, after a reply that was unusually long

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// -1 is the length of what is nil.
std::optional<std::int64_t> length_of(std::string_view text) {
    const auto value = number_of(text);
    return value && *value >= -1 ? value : std::nullopt;
}

}  // namespace

std::optional<Reply> ReplyReader::next() {
    if (refused_) refuse("a reply after a broken one");
    for (;;) {
        std::optional<Reply> element = read_element();
        if (!element) return std::nullopt;
        if (auto whole = close_lists(std::move(*element))) {
            forget_consumed();
            return whole;
        }
    }
}

// The next element that is complete in itself. Opened lists wait in open_ for theirs.
std::optional<Reply> ReplyReader::read_element() {
    for (;;) {
        const std::optional<std::string_view> line = read_line();
        if (!line) return std::nullopt;
        if (line->empty()) refuse("an empty line");
        const std::string_view rest = line->substr(1);
        if (line->front() == '*') {
            if (auto empty = open_list(rest)) return empty;
            continue;
        }
        if (line->front() == '$') return read_text(rest);
        Reply reply;
        if (line->front() == ':') {
            const auto value = number_of(rest);
            if (!value) refuse("a number that is none");
            reply = {.kind = Reply::Kind::integer, .integer = *value};
        } else if (line->front() == '+' || line->front() == '-') {
            reply.kind = line->front() == '+' ? Reply::Kind::status : Reply::Kind::error;
            reply.text = rest;
        } else {
            refuse("an unknown kind of reply");
        }
        take(line->size() + line_end.size());
        count_element();
        return reply;
    }
}

// Without its end, which stays in the buffer until take().
std::optional<std::string_view> ReplyReader::read_line() {
    const std::string_view unread = std::string_view(buffer_).substr(position_);
    const std::size_t end = unread.find(line_end, scanned_);
    if (end == std::string_view::npos) {
        if (unread.size() > limits_.line + 1) refuse("a line that is too long");
        scanned_ = unread.empty() ? 0 : unread.size() - 1;  // the last byte may be half of the end
        return std::nullopt;
    }
    if (end > limits_.line) refuse("a line that is too long");
    return unread.substr(0, end);
}

std::optional<Reply> ReplyReader::read_text(std::string_view length) {
    const auto announced = length_of(length);
    if (!announced) refuse("a length that is none");
    const std::size_t head = 1 + length.size() + line_end.size();
    if (*announced < 0) {
        take(head);
        count_element();
        return Reply{};
    }
    const auto size = static_cast<std::size_t>(*announced);
    if (size > limits_.text || taken_ + size > limits_.reply) refuse("a text that is too long");
    if (waiting_bytes() < head + size + line_end.size()) {
        scanned_ = head - line_end.size();
        return std::nullopt;
    }
    const std::string_view text = std::string_view(buffer_).substr(position_ + head, size);
    if (std::string_view(buffer_).substr(position_ + head + size, line_end.size()) != line_end) {
        refuse("a text that does not end where it said");
    }
    Reply reply{.kind = Reply::Kind::text, .text = std::string(text)};
    take(head + size + line_end.size());
    count_element();
    return reply;
}

// Complete at once if it is empty or nil. Nothing is reserved for what it announces.
std::optional<Reply> ReplyReader::open_list(std::string_view length) {
    const auto announced = length_of(length);
    if (!announced) refuse("a length that is none");
    take(1 + length.size() + line_end.size());
    count_element();
    if (*announced < 0) return Reply{};
    if (*announced == 0) return Reply{.kind = Reply::Kind::list};
    const auto missing = static_cast<std::size_t>(*announced);
    if (missing > limits_.items - elements_) refuse("a list that is too long");
    if (open_.size() == limits_.depth) refuse("a list that is too deep");
    open_.push_back({Reply{.kind = Reply::Kind::list}, missing});
    return std::nullopt;
}

// Puts the element where it belongs; the reply if that was the last one missing.
std::optional<Reply> ReplyReader::close_lists(Reply element) {
    while (!open_.empty()) {
        OpenList& inner = open_.back();
        inner.list.items.push_back(std::move(element));
        if (--inner.missing > 0) return std::nullopt;
        element = std::move(inner.list);
        open_.pop_back();
    }
    taken_ = elements_ = 0;
    return element;
}

void ReplyReader::take(std::size_t bytes) {
    position_ += bytes;
    taken_ += bytes;
    scanned_ = 0;
    if (taken_ > limits_.reply) refuse("a reply that is too long");
}

void ReplyReader::count_element() {
    if (++elements_ > limits_.items) refuse("a reply of too many parts");
}

void ReplyReader::forget_consumed() {
    if (position_ == buffer_.size()) {
        buffer_.clear();
        if (buffer_.capacity() > worth_keeping) buffer_.shrink_to_fit();
    } else if (position_ >= worth_forgetting) {
        buffer_.erase(0, position_);
    } else {
        return;
    }
    position_ = 0;
}

void ReplyReader::refuse(const char* reason) {
    refused_ = true;
    throw ProtocolError(reason);
}

}  // namespace safargo::redis
