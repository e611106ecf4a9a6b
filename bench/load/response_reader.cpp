#include "load/response_reader.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace safargo::load {
namespace {

bool same_word(std::string_view text, std::string_view lower_case) {
    return std::ranges::equal(text, lower_case, {}, [](unsigned char c) { return std::tolower(c); });
}

bool is_token(std::string_view text) {
    return !text.empty() &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c < 127 && c != '"' && c != '(' && c != ','; });
}

std::string_view trimmed(std::string_view text) {
    const auto begin = std::min(text.find_first_not_of(" \t"), text.size());
    return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

// The whole text and nothing else, without sign; nothing when it does not fit.
std::optional<std::uint64_t> parse_number(std::string_view text, int base) {
    std::uint64_t number = 0;
    const auto [stopped, failure] = std::from_chars(text.begin(), text.end(), number, base);
    if (failure != std::errc{} || stopped != text.end()) return std::nullopt;
    return number;
}

}  // namespace

void ResponseReader::begin() {
    phase_ = Phase::status_line;
    head_bytes_ = 0;
    line_.clear();
    kept_size_ = 0;
    status_ = 0;
}

ResponseReader::State ResponseReader::state() const {
    if (phase_ == Phase::done) return State::complete;
    return phase_ == Phase::failed ? State::failed : State::reading;
}

ResponseReader::State ResponseReader::feed(std::string_view bytes) {
    while (!bytes.empty() && phase_ != Phase::failed) {
        if (phase_ == Phase::done) {
            phase_ = Phase::failed;  // nobody asked for more than one answer
        } else if (phase_ == Phase::body || phase_ == Phase::chunk) {
            take_body(bytes);
        } else if (const auto line = take_line(bytes)) {
            phase_ = after_line(*line);
            line_.clear();
        }
    }
    return state();
}

// The next line without its CRLF, when it is there; it may point into `bytes` or into line_.
std::optional<std::string_view> ResponseReader::take_line(std::string_view& bytes) {
    const auto newline = bytes.find('\n');
    const auto part = bytes.substr(0, newline == bytes.npos ? bytes.size() : newline + 1);
    const bool in_head = phase_ == Phase::status_line || phase_ == Phase::headers;
    head_bytes_ += part.size();
    bytes.remove_prefix(part.size());
    if (head_bytes_ > (in_head ? max_head : max_chunk_line)) {
        phase_ = Phase::failed;
        return std::nullopt;
    }
    if (newline == bytes.npos || !line_.empty()) line_.append(part);
    if (newline == bytes.npos) return std::nullopt;
    std::string_view line = line_.empty() ? part : std::string_view(line_);
    if (!line.ends_with("\r\n")) {
        phase_ = Phase::failed;
        return std::nullopt;
    }
    line.remove_suffix(2);
    if (!in_head) head_bytes_ = 0;
    return line;
}

void ResponseReader::take_body(std::string_view& bytes) {
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
    kept_size_ += bytes.substr(0, size).copy(kept_.data() + kept_size_, kept_.size() - kept_size_);
    bytes.remove_prefix(size);
    left_ -= size;
    if (left_ == 0) phase_ = phase_ == Phase::body ? Phase::done : Phase::chunk_end;
}

ResponseReader::Phase ResponseReader::after_line(std::string_view line) {
    switch (phase_) {
        case Phase::status_line:
            return after_status_line(line);
        case Phase::headers:
            return line.empty() ? after_head() : after_header(line);
        case Phase::chunk_size:
            return after_chunk_size(line);
        case Phase::chunk_end:
            return line.empty() ? Phase::chunk_size : Phase::failed;
        case Phase::trailers:
            return line.empty() ? Phase::done : Phase::trailers;
        default:
            return Phase::failed;
    }
}

ResponseReader::Phase ResponseReader::after_status_line(std::string_view line) {
    const bool known = line.starts_with("HTTP/1.1 ") || line.starts_with("HTTP/1.0 ");
    if (!known || line.size() < 12 || (line.size() > 12 && line[12] != ' ')) return Phase::failed;
    status_ = static_cast<int>(parse_number(line.substr(9, 3), 10).value_or(0));
    if (status_ < 100 || status_ > 599) return Phase::failed;
    keep_alive_ = line[7] == '1';
    chunked_ = false;
    length_.reset();
    return Phase::headers;
}

ResponseReader::Phase ResponseReader::after_header(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == line.npos) return Phase::failed;
    const auto name = line.substr(0, colon);
    const auto value = trimmed(line.substr(colon + 1));
    if (!is_token(name)) return Phase::failed;  // also a folded line, which begins with a blank
    if (same_word(name, "connection")) note_connection(value);
    const bool wrong = (same_word(name, "content-length") && !note_length(value)) ||
                       (same_word(name, "transfer-encoding") && !note_encoding(value));
    return wrong ? Phase::failed : Phase::headers;
}

bool ResponseReader::note_length(std::string_view value) {
    const auto length = parse_number(value, 10);
    if (!length || (length_ && *length_ != *length)) return false;
    length_ = length;
    return true;
}

bool ResponseReader::note_encoding(std::string_view value) {
    if (chunked_ || !same_word(value, "chunked")) return false;
    chunked_ = true;
    return true;
}

void ResponseReader::note_connection(std::string_view value) {
    while (!value.empty()) {
        const auto comma = std::min(value.find(','), value.size());
        const auto option = trimmed(value.substr(0, comma));
        if (same_word(option, "close")) keep_alive_ = false;
        if (same_word(option, "keep-alive")) keep_alive_ = true;
        value.remove_prefix(std::min(comma + 1, value.size()));
    }
}

ResponseReader::Phase ResponseReader::after_head() {
    if (chunked_ && length_) return Phase::failed;
    if (status_ == 101) return Phase::failed;      // nobody asked for another protocol
    if (status_ < 200) return Phase::status_line;  // 100 and 103 announce the answer
    head_bytes_ = 0;
    if (status_ == 204 || status_ == 304) return Phase::done;
    if (chunked_) return Phase::chunk_size;
    if (!length_) return Phase::failed;  // a body that ends with the connection: no subject answers so
    left_ = *length_;
    return left_ == 0 ? Phase::done : Phase::body;
}

ResponseReader::Phase ResponseReader::after_chunk_size(std::string_view line) {
    const auto size = parse_number(trimmed(line.substr(0, line.find(';'))), 16);
    if (!size) return Phase::failed;
    left_ = *size;
    return left_ == 0 ? Phase::trailers : Phase::chunk;
}

}  // namespace safargo::load
