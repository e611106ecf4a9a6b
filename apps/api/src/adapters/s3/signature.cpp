#include "adapters/s3/signature.hpp"

#include "core/crypto.hpp"
#include "core/failures.hpp"
#include "core/percent_encoding.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>

namespace safargo::s3 {
namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";

std::string encoded_path(std::string_view path) {
    return percent_encode(path, "/");
}

// Sorted by encoded name, then by encoded value.
std::string encoded_query(const Parameters& query) {
    Parameters encoded;
    for (const auto& [name, value] : query) encoded.emplace_back(percent_encode(name), percent_encode(value));
    std::ranges::sort(encoded);
    std::string text;
    for (const auto& [name, value] : encoded) {
        if (!text.empty()) text += '&';
        text.append(name).append("=").append(value);
    }
    return text;
}

// Without spaces around it, and with one in place of several.
std::string canonical_value(std::string_view value) {
    std::string text;
    for (const char c : value) {
        const bool blank = c == ' ' || c == '\t';
        if (blank && (text.empty() || text.back() == ' ')) continue;
        text.push_back(blank ? ' ' : c);
    }
    if (text.ends_with(' ')) text.pop_back();
    return text;
}

struct CanonicalHeaders {
    std::string lines, names;
};

// Sorted by name; fields of the same name become one, in their order.
CanonicalHeaders canonical_headers(const net::Headers& headers) {
    std::map<std::string, std::string> merged;
    for (const auto& [name, value] : headers) {
        const auto [field, first] = merged.try_emplace(name, canonical_value(value));
        if (!first) field->second += ',' + canonical_value(value);
    }
    CanonicalHeaders canonical;
    for (const auto& [name, value] : merged) {
        canonical.lines.append(name).append(":").append(value).append("\n");
        canonical.names.append(canonical.names.empty() ? "" : ";").append(name);
    }
    return canonical;
}

std::string hmac(std::string_view key, std::string_view text) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(key.data());
    return std::string(crypto::view(crypto::hmac_sha256({bytes, key.size()}, text)));
}

std::string day_of(Instant at) {
    return signing_date(at).substr(0, 8);
}

std::string sign(std::string_view text, const Signing& signing) {
    std::string key = hmac("AWS4" + signing.credentials.secret_access_key, day_of(signing.at));
    key = hmac(hmac(key, signing.region), signing.service);
    return crypto::hex(hmac(hmac(key, "aws4_request"), text));
}

std::string canonical_request(const Target& target, const CanonicalHeaders& headers, std::string_view payload_hash) {
    return fmt::format("{}\n{}\n{}\n{}\n{}\n{}", target.method, encoded_path(target.path), encoded_query(target.query),
                       headers.lines, headers.names, payload_hash);
}

std::string sign_request(const Target& target, const CanonicalHeaders& headers, std::string_view payload_hash,
                         const Signing& signing) {
    const std::string request = hash_of(canonical_request(target, headers, payload_hash));
    return sign(fmt::format("{}\n{}\n{}\n{}", algorithm, signing_date(signing.at), scope_of(signing), request),
                signing);
}

std::string credential_of(const Signing& signing) {
    return signing.credentials.access_key_id + '/' + scope_of(signing);
}

}  // namespace

std::string url_of(const Target& target) {
    std::string url = target.scheme + "://" + target.host + encoded_path(target.path);
    if (!target.query.empty()) url += '?' + encoded_query(target.query);
    return url;
}

std::chrono::seconds life_of_signature(std::chrono::seconds wanted, const Signing& signing) {
    if (!signing.credentials.expires_at) return wanted;
    const auto signed_at = std::chrono::floor<std::chrono::seconds>(signing.at);
    const auto left = std::chrono::floor<std::chrono::seconds>(*signing.credentials.expires_at) - signed_at;
    if (left < std::chrono::seconds{1}) throw DependencyUnavailable("s3", "the credentials have ended");
    return std::min(wanted, left);
}

std::string signing_date(Instant at) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
    return fmt::format("{:%Y%m%dT%H%M%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)));
}

std::string scope_of(const Signing& signing) {
    return fmt::format("{}/{}/{}/aws4_request", day_of(signing.at), signing.region, signing.service);
}

std::string hash_of(std::string_view payload) {
    return crypto::hex(crypto::view(crypto::sha256(payload)));
}

net::Headers authorize(const Target& target, net::Headers headers, std::string_view payload_hash,
                       const Signing& signing) {
    headers.emplace_back("x-amz-date", signing_date(signing.at));
    const std::string& token = signing.credentials.session_token;
    if (!token.empty()) headers.emplace_back("x-amz-security-token", token);
    net::Headers with_host = headers;
    with_host.emplace_back("host", target.host);
    const CanonicalHeaders canonical = canonical_headers(with_host);
    headers.emplace_back("authorization", fmt::format("{} Credential={}, SignedHeaders={}, Signature={}", algorithm,
                                                      credential_of(signing), canonical.names,
                                                      sign_request(target, canonical, payload_hash, signing)));
    return headers;
}

std::string presign(Target target, std::chrono::seconds valid_for, const Signing& signing) {
    if (valid_for < std::chrono::seconds{1} || valid_for > longest_presigned) {
        throw std::invalid_argument("a signed URL is valid for one second to seven days");
    }
    valid_for = life_of_signature(valid_for, signing);
    target.query.emplace_back("X-Amz-Algorithm", algorithm);
    target.query.emplace_back("X-Amz-Credential", credential_of(signing));
    target.query.emplace_back("X-Amz-Date", signing_date(signing.at));
    target.query.emplace_back("X-Amz-Expires", std::to_string(valid_for.count()));
    target.query.emplace_back("X-Amz-SignedHeaders", "host");
    const std::string& token = signing.credentials.session_token;
    if (!token.empty()) target.query.emplace_back("X-Amz-Security-Token", token);
    std::string signature = sign_request(target, canonical_headers({{"host", target.host}}), unsigned_payload, signing);
    target.query.emplace_back("X-Amz-Signature", std::move(signature));
    return url_of(target);
}

std::string sign_policy(std::string_view encoded_policy, const Signing& signing) {
    return sign(encoded_policy, signing);
}

}  // namespace safargo::s3
