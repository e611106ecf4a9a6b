// Whatever is posted is read or refused, and nothing unsigned is read.
// Aimed at: adapters/sendgrid/webhook.cpp adapters/sendgrid/outcomes.cpp
#include "adapters/sendgrid/outcomes.hpp"
#include "adapters/sendgrid/webhook.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace safargo;

constexpr const char* public_key =
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEvyLjVqDSypE7PAVmS3Wxo98Ivv+cC+fAx7/"
    "0d3ExpakGxQIz4K6JSLZMbzOOqCPShzwOJoxJICm4uMzc2i3TTw==";

// The first line is the time, the second the signature, the rest the body. Nobody has the private key any more.
void read_call(std::string_view text) {
    static const FakeClock clock{Instant{std::chrono::seconds{1'700'000'000}}};
    static const sendgrid::SendGridReports reports(public_key, clock);
    const std::size_t first = text.find('\n');
    if (first == text.npos) return;
    const std::size_t second = text.find('\n', first + 1);
    if (second == text.npos) return;
    const std::string_view time = text.substr(0, first), signature = text.substr(first + 1, second - first - 1),
                           body = text.substr(second + 1);
    const auto read = reports.read(
        {"", body, [&](std::string_view name) { return name.ends_with("-Timestamp") ? time : signature; }});
    if (read && body != R"([{"event":"delivered"}])") std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    read_call(text);
    sendgrid::read_events(text);
    sendgrid::refused_field(text);
    return 0;
}
