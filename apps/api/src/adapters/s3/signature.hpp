// AWS Signature Version 4. Pure: time and credentials are parameters.
#pragma once

#include "adapters/s3/credentials.hpp"
#include "net/client.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace safargo::s3 {

using Parameters = std::vector<std::pair<std::string, std::string>>;

// What a request asks for. All parts are plain text: they are encoded here, once, as S3 wants it.
struct Target {
    std::string method = "GET";
    std::string scheme = "https";
    std::string host;        // with a port unless it is the scheme's own
    std::string path = "/";  // "/bucket/clé de l'objet"
    Parameters query{};
};

std::string url_of(const Target& target);

// Who signs, for which region and service, and when.
struct Signing {
    const Credentials& credentials;
    std::string_view region;
    Instant at;
    std::string_view service = "s3";
};

// For how long a signature made now is worth something: `wanted`, or until the credentials end, if that comes first.
// Throws DependencyUnavailable if it is less than a second.
std::chrono::seconds life_of_signature(std::chrono::seconds wanted, const Signing& signing);

std::string signing_date(Instant at);           // "20130524T000000Z"
std::string scope_of(const Signing& signing);   // "20130524/us-east-1/s3/aws4_request"
std::string hash_of(std::string_view payload);  // SHA-256 in hexadecimal
inline constexpr std::string_view unsigned_payload = "UNSIGNED-PAYLOAD";

// The headers that a request is sent with: `headers`, x-amz-date, x-amz-security-token if there is one, and the
// Authorization that signs all of them, the target and `payload_hash`. Names of `headers` are in lower case.
net::Headers authorize(const Target& target, net::Headers headers, std::string_view payload_hash,
                       const Signing& signing);

// A URL that carries its own authorisation, for whoever holds it; at most seven days, and never longer than what it is
// signed with.
inline constexpr std::chrono::seconds longest_presigned{604'800};
std::string presign(Target target, std::chrono::seconds valid_for, const Signing& signing);

// Of an upload form's policy, as encoded in the form.
std::string sign_policy(std::string_view encoded_policy, const Signing& signing);

}  // namespace safargo::s3
