#include "adapters/webpush/vapid.hpp"

#include "contract/writer.hpp"
#include "core/crypto.hpp"

namespace safargo::webpush {
namespace {

using namespace std::chrono_literals;

constexpr auto lifetime = 12h;  // at most a day

std::string_view origin_of(std::string_view url) {
    const std::size_t host = url.find("://");
    return url.substr(0, host == url.npos ? url.npos : url.find('/', host + 3));
}

std::string claims(const Sender& sender, std::string_view endpoint, Instant now) {
    std::string text;
    contract::Writer out(text);
    out.begin_object();
    out.key("aud");
    out.string(origin_of(endpoint));
    out.key("exp");
    out.raw(std::to_string(std::chrono::floor<Seconds>(now + lifetime).time_since_epoch().count()));
    out.key("sub");
    out.string(sender.contact);
    out.end_object();
    return text;
}

}  // namespace

std::string Sender::public_key() const {
    return crypto::base64url(key.public_point());
}

std::string authorization(const Sender& sender, std::string_view endpoint, Instant now) {
    std::string token = crypto::base64url(R"({"typ":"JWT","alg":"ES256"})");
    token.append(".").append(crypto::base64url(claims(sender, endpoint, now)));
    const std::string signature = crypto::base64url(sender.key.sign(token));
    return "vapid t=" + token + "." + signature + ", k=" + sender.public_key();
}

}  // namespace safargo::webpush
