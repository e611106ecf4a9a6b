#include "api/sealed_answer.hpp"

#include <charconv>
#include <stdexcept>

namespace safargo::api {
namespace {

std::string_view take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) throw std::runtime_error("a stored answer cannot be read");
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

}  // namespace

// Four header lines, then the body unchanged.
std::string seal_answer(const crypto::PurposeKeys& keys, const SealedAnswer& sealed) {
    std::string plain;
    plain.append(sealed.request_hash).append("\n");
    plain.append(sealed.meaning_hash).append("\n");
    plain.append(std::to_string(sealed.answer.status)).append("\n");
    plain.append(sealed.answer.etag).append("\n");
    plain.append(sealed.answer.body);
    return crypto::base64url(keys.seal(plain));
}

std::optional<SealedAnswer> open_answer(const crypto::PurposeKeys& keys, std::string_view sealed) {
    const auto bytes = crypto::from_base64url(sealed);
    const auto opened = bytes ? keys.open(*bytes) : std::nullopt;
    if (!opened) return std::nullopt;
    std::string_view rest = *opened;
    SealedAnswer answer;
    answer.request_hash = take_line(rest);
    answer.meaning_hash = take_line(rest);
    const std::string_view status = take_line(rest);
    std::from_chars(status.data(), status.data() + status.size(), answer.answer.status);
    answer.answer.etag = take_line(rest);
    answer.answer.body = rest;
    return answer;
}

}  // namespace safargo::api
