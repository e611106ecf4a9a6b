// Whatever is posted is read or refused, and nothing unsigned is read.
// Aimed at: adapters/twilio/webhook.cpp adapters/twilio/answers.cpp
#include "adapters/twilio/answers.hpp"
#include "adapters/twilio/webhook.hpp"
#include "contract/query.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace safargo::twilio;

const Account account{.sid = "AC0123456789abcdef0123456789abcdef",
                      .auth_token = "b7d1c9e25f3a48061c2d9e7f5a8b3c60",
                      .from = "+12025550143",
                      .api_base = "https://api.twilio.com",
                      .callback = "https://api.safargo.test/webhook"};

template <class Read>
void try_to(Read read) {
    try {
        read();
    } catch (const BadAnswer&) {
    }
}

// The first line is the query, the second the signature's settings, the rest the body.
void read_call(std::string_view text, bool is_signed) {
    const std::size_t first = text.find('\n');
    if (first == text.npos) return;
    const std::size_t second = text.find('\n', first + 1);
    if (second == text.npos) return;
    const std::string_view query = text.substr(0, first), settings = text.substr(first + 1, second - first - 1),
                           body = text.substr(second + 1);
    std::string signature = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
    const auto form = safargo::contract::split_query(body);
    if (is_signed && form) {
        const std::string url = query.empty() ? account.callback : account.callback + '?' + std::string(query);
        signature = signature_of(account.auth_token, Digest::sha1, url, *form);
    }
    const auto reports = TwilioReports(account).read({query, body, [&](std::string_view name) -> std::string_view {
                                                          if (name == "X-Twilio-Signature") return signature;
                                                          return settings;
                                                      }});
    if (reports && (!is_signed || reports->size() != 1 || !is_message_sid(reports->front().receipt.provider_id)))
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    read_call(text, true);
    read_call(text, false);
    try_to([&] { read_message(text); });
    try_to([&] { read_messages(text, 50); });
    try_to([&] { read_problem(text); });
    return 0;
}
