// Any bytes as a cursor are refused unless signed by us.
// Aimed at: api/cursor.cpp
#include "api/cursor.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const safargo::api::CursorSigner signer("fuzzing-secret-of-thirty-two-bytes!!");
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (signer.open("query", text)) __builtin_trap();
    if (!signer.open("query", signer.sign("query", text.substr(0, 64)))) __builtin_trap();
    return 0;
}
