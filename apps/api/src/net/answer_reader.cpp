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

void AnswerReader::begin() {
    response_.headers.clear();
    header_ended_ = encoded_ = false;
    gunzip_.reset();
}

bool AnswerReader::take_line(std::string_view line) {
    header_bytes_ += line.size();
    if (header_bytes_ > most_header_bytes) return fail(Fault::too_large);
    if (in_body_) return true;
    if (line.starts_with("HTTP/")) {
        begin();
        return true;
    }
    if (trimmed(line).empty()) {
        header_ended_ = true;
        return true;
    }
    return take_field(line);
}

bool AnswerReader::take_field(std::string_view line) {
    const bool folded = line.starts_with(' ') || line.starts_with('\t');
    if (folded && !response_.headers.empty()) {
        response_.headers.back().second.append(" ").append(trimmed(line));
        return true;
    }
    const std::size_t colon = line.find(':');
    if (folded || colon == std::string_view::npos) return true;
    if (response_.headers.size() == most_fields) return fail(Fault::too_large);
    const std::string_view name = trimmed(line.substr(0, colon));
    const std::string_view value = trimmed(line.substr(colon + 1));
    response_.headers.emplace_back(name, value);
    return bodiless_ || !same_field(name, "content-encoding") || take_encoding(value);
}

// Asked for is gzip, once. Others, and chains of them, may need hundreds of megabytes to decode.
bool AnswerReader::take_encoding(std::string_view encoding) {
    const bool packed = same_field(encoding, "gzip");
    if (encoded_ || !(packed || same_field(encoding, "identity"))) return fail(Fault::unreadable);
    encoded_ = true;
    if (packed) gunzip_.emplace();
    return true;
}

bool AnswerReader::take_body(std::string_view bytes) {
    in_body_ = true;
    if (gunzip_) return take_packed(bytes);
    if (bytes.size() > most_body_ - response_.body.size()) return fail(Fault::too_large);
    response_.body.append(bytes);
    return true;
}

bool AnswerReader::take_packed(std::string_view bytes) {
    switch (gunzip_->feed(bytes, response_.body, most_body_)) {
        case Gunzip::Step::more:
            return true;
        case Gunzip::Step::whole:
            packed_whole_ = true;
            return true;
        case Gunzip::Step::too_large:
            return fail(Fault::too_large);
        case Gunzip::Step::broken:
            return fail(Fault::broken);
    }
    return false;
}

// An answer without any body (204, 304) may name an encoding.
bool AnswerReader::is_whole() const {
    return header_ended_ && (!gunzip_ || !in_body_ || packed_whole_);
}

}  // namespace safargo::net
