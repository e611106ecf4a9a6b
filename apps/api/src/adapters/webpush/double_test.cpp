#include "adapters/webpush/double_test.hpp"

#include "core/crypto.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <charconv>
#include <memory>

namespace safargo::webpush {
namespace {

using namespace std::chrono_literals;
using namespace std::string_view_literals;

std::string hmac(std::string_view key, std::string_view data) {
    return std::string(
        crypto::view(crypto::hmac_sha256({reinterpret_cast<const std::uint8_t*>(key.data()), key.size()}, data)));
}

// "" if the tag does not fit.
std::string open_aes_128_gcm(const std::string& key, const std::string& nonce, std::string_view sealed) {
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(EVP_CIPHER_CTX_new(),
                                                                                  EVP_CIPHER_CTX_free);
    const auto bytes = [](std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); };
    if (sealed.size() < 16) return {};
    const std::string_view body = sealed.substr(0, sealed.size() - 16);
    std::string tag(sealed.substr(body.size())), plain(body.size(), '\0');
    int written = 0, last = 0;
    auto* out = reinterpret_cast<unsigned char*>(plain.data());
    const bool good =
        EVP_DecryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, bytes(key), bytes(nonce)) == 1 &&
        EVP_DecryptUpdate(context.get(), out, &written, bytes(body), static_cast<int>(body.size())) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, 16, tag.data()) == 1 &&
        EVP_DecryptFinal_ex(context.get(), out + written, &last) == 1;
    return good ? plain : std::string();
}

// The text between `before` and `after`, "" without them.
std::string between(std::string_view text, std::string_view before, std::string_view after) {
    const std::size_t start = text.find(before);
    if (start == text.npos) return {};
    const std::string_view rest = text.substr(start + before.size());
    return std::string(rest.substr(0, rest.find(after)));
}

std::int64_t number_in(std::string_view text) {
    std::int64_t number = -1;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

BrowserDouble::BrowserDouble(Instant now)
    : now_(now), server_([this](const testing::Asked& asked) { return answer(asked); }) {}

testing::Answer BrowserDouble::answer(const testing::Asked& asked) {
    if (asked.method != "POST" || asked.target != "/wpush/v2/gAAAAABl") object("another request: " + asked.target);
    if (asked.header("content-encoding") != "aes128gcm") object("another encoding");
    const std::int64_t ttl = number_in(asked.header("ttl"));
    if (ttl < 0 || ttl > 24 * 3'600) object("TTL");
    const std::string_view topic = asked.header("topic");
    if (topic.empty() || topic.size() > 32 || !crypto::from_base64url(topic)) object("Topic");
    if (asked.body.size() > 4'096) object("larger than every service takes");
    check_authorization(asked);
    const std::string message = decrypt(asked.body);
    if (message.empty()) object("the browser cannot read it");
    if (!answers_.empty()) {
        const testing::Answer chosen = answers_.front();
        answers_.pop_front();
        return chosen;
    }
    messages.push_back(message);
    return {.status = 201, .headers = {{"Location", "https://push.example/m/1"}}};
}

void BrowserDouble::check_authorization(const testing::Asked& asked) {
    const std::string authorization(asked.header("authorization"));
    const std::string token = between(authorization, "vapid t=", ","), key = between(authorization, " k=", ",");
    const std::size_t dot = token.rfind('.');
    const auto point = crypto::from_base64url(key);
    const auto signature = crypto::from_base64url(dot == token.npos ? "!" : token.substr(dot + 1));
    if (!point || !signature || !crypto::verifies_es256(*point, token.substr(0, dot), *signature)) {
        object("the token is not signed by its key");
        return;
    }
    const std::string header = crypto::from_base64url(token.substr(0, token.find('.'))).value_or("");
    const std::string claims = crypto::from_base64url(between(token, ".", ".")).value_or("");
    if (!header.contains(R"("alg":"ES256")")) object("another algorithm");
    if (between(claims, R"("aud":")", "\"") != server_.url()) object("for another service");
    if (!between(claims, R"("sub":")", "\"").starts_with("mailto:")) object("without a contact");
    const Instant expires{Seconds{number_in(between(claims, R"("exp":)", ","))}};
    if (expires <= now_ || expires > now_ + 24h) object("valid for too long, or not at all");
}

std::string BrowserDouble::decrypt(std::string_view body) {
    if (body.size() < 86 || body.substr(16, 4) != "\x00\x00\x10\x00"sv || body[20] != 65) return {};
    const std::string salt(body.substr(0, 16)), sender(body.substr(21, 65));
    const auto shared = key_.agree(sender);
    if (!shared) return {};
    const std::string info = std::string("WebPush: info\0"sv) + key_.public_point() + sender + '\x01';
    const std::string secret = hmac(salt, hmac(hmac(secret_, *shared), info));
    const std::string key = hmac(secret, "Content-Encoding: aes128gcm\0\x01"sv).substr(0, 16);
    const std::string nonce = hmac(secret, "Content-Encoding: nonce\0\x01"sv).substr(0, 12);
    std::string plain = open_aes_128_gcm(key, nonce, body.substr(86));
    const std::size_t end = plain.find_last_not_of('\0');
    if (end == plain.npos || plain[end] != '\x02') return {};
    plain.resize(end);
    return plain;
}

}  // namespace safargo::webpush
