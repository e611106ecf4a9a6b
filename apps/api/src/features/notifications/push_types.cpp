#include "features/notifications/push_types.hpp"

#include "core/crypto.hpp"
#include "core/p256.hpp"

#include <algorithm>
#include <array>
#include <ranges>

namespace safargo::notifications {
namespace {

constexpr std::size_t longest_address = 1'000, longest_host = 253, secret_size = 16;

bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

bool is_label(std::string_view label) {
    const auto fits = [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-'; };
    return !label.empty() && label.size() <= 63 && std::ranges::all_of(label, fits);
}

// No address in digits of any notation ends in such a label.
bool is_top_label(std::string_view label) {
    return label.starts_with("xn--") || std::ranges::all_of(label, is_letter);
}

// Names that only a local network or this machine resolves.
bool is_local(std::string_view host) {
    static constexpr std::array<std::string_view, 7> ends{".localhost", ".local",       ".internal", ".lan",
                                                          ".home.arpa", ".localdomain", ".onion"};
    return std::ranges::any_of(ends, [host](std::string_view end) { return host.ends_with(end); });
}

bool is_public_name(std::string_view host) {
    if (host.size() > longest_host || !host.contains('.') || is_local(host)) return false;
    std::string_view last;
    for (const auto part : std::views::split(host, '.')) {
        last = std::string_view(part.begin(), part.end());
        if (!is_label(last)) return false;
    }
    return is_top_label(last);
}

bool is_plain(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~' && c != '\\' && c != '"' && c != '#'; });
}

}  // namespace

Checked<PushAddress> PushAddress::parse(std::string_view text) {
    constexpr std::string_view scheme = "https://";
    const bool starts = text.size() <= longest_address && text.starts_with(scheme) && is_plain(text);
    const std::string_view rest = starts ? text.substr(scheme.size()) : std::string_view();
    const std::size_t path = rest.find('/');
    if (path == rest.npos || !is_public_name(rest.substr(0, path)))
        return std::unexpected(Violation{Rule::public_push_address});
    PushAddress address;
    address.text_ = text;
    return address;
}

Checked<BrowserKey> BrowserKey::parse(std::string_view text) {
    auto bytes = crypto::from_base64url(text);
    if (!bytes || !crypto::is_p256_point(*bytes)) return std::unexpected(Violation{Rule::browser_key});
    BrowserKey key;
    key.text_ = text;
    key.bytes_ = std::move(*bytes);
    return key;
}

Checked<BrowserSecret> BrowserSecret::parse(std::string_view text) {
    auto bytes = crypto::from_base64url(text);
    if (!bytes || bytes->size() != secret_size) return std::unexpected(Violation{Rule::browser_key});
    BrowserSecret secret;
    secret.text_ = text;
    secret.bytes_ = std::move(*bytes);
    return secret;
}

}  // namespace safargo::notifications
