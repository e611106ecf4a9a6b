#include "net/answer_reader.hpp"

#include "net/field_name.hpp"

namespace safargo::net {
namespace {

constexpr std::size_t most_header_bytes = 64 * 1024;
constexpr std::size_t most_fields = 200;

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

bool AnswerReader::fail(Fault fault) {
    fault_ = fault;
    return false;
}

bool AnswerReader::take_line(std::string_view line) {
    header_bytes_ += line.size();
    if (header_bytes_ > most_header_bytes) return fail(Fault::too_large);
    if (in_body_) return true;
    if (line.starts_with("HTTP/")) {
        response_.headers.clear();
        encoded_ = false;
        return true;
    }
    return take_field(line);
}

bool AnswerReader::take_field(std::string_view line) {
    const bool folded = line.starts_with(' ') || line.starts_with('\t');
    if (folded && !response_.headers.empty() && !trimmed(line).empty()) {
        response_.headers.back().second.append(" ").append(trimmed(line));
        return true;
    }
    const std::size_t colon = line.find(':');
    if (folded || colon == std::string_view::npos) return true;
    if (response_.headers.size() == most_fields) return fail(Fault::too_large);
    const std::string_view name = trimmed(line.substr(0, colon));
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (!bodiless_ && same_field(name, "content-encoding")) {
        // Asked for is gzip, once. Others and chains of them need up to hundreds of megabytes to decode.
        if (encoded_ || !(same_field(value, "gzip") || same_field(value, "identity"))) return fail(Fault::encoded);
        encoded_ = true;
    }
    response_.headers.emplace_back(name, value);
    return true;
}

bool AnswerReader::take_body(std::string_view decoded) {
    in_body_ = true;
    if (decoded.size() > most_body_ - response_.body.size()) return fail(Fault::too_large);
    response_.body.append(decoded);
    return true;
}

}  // namespace safargo::net
