#include "http/identity.hpp"

#include "core/crypto.hpp"
#include "core/hex_digits.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace safargo::http {
namespace {

bool is_lower_hex(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_zero(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c == '0'; });
}

void append_hex(std::string& out, std::uint64_t value) {
    for (int shift = 60; shift >= 0; shift -= 4) out.push_back(hex_digits[value >> shift & 0xf]);
}

}  // namespace

bool is_request_id(std::string_view text) {
    if (text.empty() || text.size() > 64) return false;
    return std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' ||
               c == '-';
    });
}

std::optional<std::string_view> trace_id_of(std::string_view traceparent) {
    constexpr std::size_t length = 55;  // version "-" trace id "-" parent id "-" flags
    if (traceparent.size() < length) return std::nullopt;
    const std::string_view version = traceparent.substr(0, 2);
    const std::string_view trace = traceparent.substr(3, 32);
    const std::string_view parent = traceparent.substr(36, 16);
    if (traceparent[2] != '-' || traceparent[35] != '-' || traceparent[52] != '-') return std::nullopt;
    if (!is_lower_hex(version) || !is_lower_hex(trace) || !is_lower_hex(parent)) return std::nullopt;
    if (!is_lower_hex(traceparent.substr(53, 2)) || is_zero(trace) || is_zero(parent)) return std::nullopt;
    if (version == "ff" || (version == "00" && traceparent.size() != length)) return std::nullopt;
    if (traceparent.size() > length && traceparent[length] != '-') return std::nullopt;
    return trace;
}

IdSource::IdSource() {
    std::array<std::uint8_t, 64> bytes;
    crypto::random_bytes(bytes);
    std::seed_seq seed(bytes.begin(), bytes.end());
    random_.seed(seed);
}

std::string IdSource::next() {
    std::string id;
    id.reserve(32);
    append_hex(id, random_() | 1);
    append_hex(id, random_());
    return id;
}

}  // namespace safargo::http
