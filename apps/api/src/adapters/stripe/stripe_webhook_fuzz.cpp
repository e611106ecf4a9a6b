// A signature is read or refused, and so is the event: the first line is the header, the rest the body.
// Aimed at: adapters/stripe/webhook.cpp
#include "adapters/stripe/webhook.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace safargo;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::string_view header = text.substr(0, text.find('\n'));
    const std::string_view body = header.size() == text.size() ? std::string_view() : text.substr(header.size() + 1);
    stripe::is_signed(header, body, "whsec_test", Instant{std::chrono::seconds{1'700'000'000}});
    stripe::read_event(body);
    return 0;
}
