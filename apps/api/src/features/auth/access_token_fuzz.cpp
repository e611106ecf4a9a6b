// Any bytes as a token: refused, unless we signed them.
// Aimed at: features/auth/access_token.cpp
#include "features/auth/access_token.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const safargo::auth::AccessTokens tokens("fuzzing-secret-of-thirty-two-bytes!!");
    const std::string token(reinterpret_cast<const char*>(data), size);
    if (tokens.verify(token, safargo::Instant{})) __builtin_trap();
    return 0;
}
