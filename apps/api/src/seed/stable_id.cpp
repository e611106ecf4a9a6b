#include "seed/stable_id.hpp"

#include "core/crypto.hpp"

#include <algorithm>

namespace safargo::seed {

Uuid stable_uuid(Instant made_at, std::string_view key) {
    const crypto::Key digest = crypto::sha256(key);
    Uuid uuid;
    std::copy_n(digest.begin(), uuid.bytes.size(), uuid.bytes.begin());
    auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(made_at).time_since_epoch().count();
    for (std::size_t i = 6; i-- > 0; milliseconds >>= 8) uuid.bytes[i] = static_cast<std::uint8_t>(milliseconds & 0xff);
    uuid.bytes[6] = static_cast<std::uint8_t>((uuid.bytes[6] & 0x0f) | 0x70);
    uuid.bytes[8] = static_cast<std::uint8_t>((uuid.bytes[8] & 0x3f) | 0x80);
    return uuid;
}

}  // namespace safargo::seed
