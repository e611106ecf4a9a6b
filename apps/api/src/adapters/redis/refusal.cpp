#include "adapters/redis/refusal.hpp"

#include <array>
#include <utility>

namespace safargo::redis {
namespace {

using Kind = Refusal::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 9> kinds{{
    {"MOVED", Kind::moved},
    {"ASK", Kind::ask},
    {"TRYAGAIN", Kind::try_again},
    {"CLUSTERDOWN", Kind::cluster_down},
    {"MASTERDOWN", Kind::cluster_down},
    {"LOADING", Kind::loading},
    {"READONLY", Kind::read_only},
    {"NOAUTH", Kind::no_sign_in},
    {"WRONGPASS", Kind::no_sign_in},
}};

// "MOVED 3999 127.0.0.1:6381"
std::optional<Address> target_of(std::string_view text, const Address& asked) {
    const std::size_t space = text.rfind(' ');
    return space == std::string_view::npos ? std::nullopt : parse_address(text.substr(space + 1), asked);
}

}  // namespace

Refusal read_refusal(const Reply& reply, const Address& asked) {
    if (!reply.is_error()) return {};
    for (const auto& [code, kind] : kinds) {
        if (!reply.is_error(code)) continue;
        if (kind != Kind::moved && kind != Kind::ask) return {.kind = kind};
        return {.kind = kind, .target = target_of(reply.text, asked)};
    }
    return {};
}

}  // namespace safargo::redis
