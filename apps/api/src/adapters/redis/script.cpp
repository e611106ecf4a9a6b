#include "adapters/redis/script.hpp"

#include "core/crypto.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace safargo::redis {
namespace {

std::string sha1_of(std::string_view text) {
    std::array<char, 20> digest{};
    auto* out = reinterpret_cast<unsigned char*>(digest.data());
    if (EVP_Digest(text.data(), text.size(), out, nullptr, EVP_sha1(), nullptr) != 1) {
        throw std::runtime_error("OpenSSL has no SHA-1");
    }
    return crypto::hex({digest.data(), digest.size()});
}

}  // namespace

Script::Script(std::string_view text) : text_(text), digest_(sha1_of(text)) {}

}  // namespace safargo::redis
