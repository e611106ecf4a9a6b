#include "adapters/webpush/push.hpp"

#include "adapters/webpush/encryption.hpp"
#include "contract/writer.hpp"
#include "core/crypto.hpp"
#include "core/failures.hpp"

#include <algorithm>

namespace safargo::webpush {
namespace {

using namespace std::chrono_literals;

constexpr const char* vendor = "webpush";
constexpr std::size_t longest_answer = 16UZ * 1024;  // bytes
constexpr std::size_t topic_size = 32;               // characters, as RFC 8030 allows
constexpr Seconds kept = 24h;                        // for a browser that is away; news of yesterday is none

const char* reason_of(int status) {
    if (status == 401 || status == 403) return "it refuses our key";
    if (status == 429) return "it has too much to do";
    return status < 500 ? "it answers what it should not" : "it failed";
}

// What the service worker shows.
std::string shown(const Delivery& delivery) {
    std::string text;
    contract::Writer out(text);
    out.begin_object();
    out.key("title");
    out.string(delivery.subject);
    out.key("body");
    out.string(delivery.text);
    out.key("lang");
    out.string(code(delivery.language));
    out.end_object();
    return text;
}

std::string seconds_kept(const Delivery& delivery, Instant now) {
    const auto left = delivery.expires_at ? std::chrono::floor<Seconds>(*delivery.expires_at - now) : kept;
    return std::to_string(std::clamp<Seconds>(left, 0s, kept).count());
}

Receipt refusal(Receipt::Outcome outcome, int status) {
    return {.outcome = outcome, .reason = status == 0 ? "subscription" : std::to_string(status)};
}

Receipt judge(int status) {
    using enum Receipt::Outcome;
    if (status >= 200 && status < 300) return {};
    if (status == 404 || status == 410) return refusal(unknown_recipient, status);
    if (status == 400 || status == 413) return refusal(rejected, status);
    throw DependencyUnavailable(vendor, reason_of(status));
}

}  // namespace

WebPush::WebPush(boost::asio::any_io_executor executor, net::ClientOptions options, Sender sender, const Clock& clock,
                 Reach reach)
    : client_(std::move(executor), std::move(options)), sender_(std::move(sender)), clock_(clock), reach_(reach) {}

Task<Receipt> WebPush::deliver(Delivery delivery) {
    const std::string message = shown(delivery);
    if (message.size() > longest_message) co_return refusal(Receipt::Outcome::rejected, 413);
    auto body = encrypt(message, {delivery.browser_key, delivery.browser_secret});
    if (!body) co_return refusal(Receipt::Outcome::unknown_recipient, 0);
    const Instant now = clock_.now();
    const std::string topic = crypto::base64url(crypto::view(crypto::sha256(delivery.key))).substr(0, topic_size);
    const net::Response response =
        co_await client_.send({.vendor = vendor,
                               .operation = "send_push",
                               .method = "POST",
                               .url = delivery.to,
                               .headers = {{"Authorization", authorization(sender_, delivery.to, now)},
                                           {"Content-Encoding", "aes128gcm"},
                                           {"Content-Type", "application/octet-stream"},
                                           {"TTL", seconds_kept(delivery, now)},
                                           {"Topic", topic}},
                               .body = std::move(*body),
                               .max_answer = longest_answer,
                               .public_only = reach_ == Reach::public_hosts});
    co_return judge(response.status);
}

}  // namespace safargo::webpush
