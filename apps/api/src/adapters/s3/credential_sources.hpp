// The places where AWS's own libraries look for credentials, in their order: the environment's keys, a web identity
// (EKS), the container's endpoint (ECS, EKS).
#pragma once

#include "adapters/s3/credentials.hpp"
#include "net/client.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace safargo::s3 {

// Each "" if it is not set.
struct CredentialsOptions {
    std::string access_key_id, secret_access_key, session_token;
    std::string web_identity_token_file, role_arn;
    std::string sts_url;  // "https://sts.eu-west-3.amazonaws.com"
    std::string container_relative_uri, container_full_uri;
    std::string container_token, container_token_file;
};

// Throws std::invalid_argument for an address that the container's endpoint must not have. `client` outlives it.
std::unique_ptr<CredentialsSource> choose_source(const CredentialsOptions& options, net::Client& client);

// "http://169.254.170.2" and the relative URI; otherwise the full URI, which must be https, or http on loopback or the
// addresses of ECS and EKS: what it is sent to learns the token. Throws std::invalid_argument for another one.
std::string container_url(std::string_view relative_uri, std::string_view full_uri);

// Of the answers; throw DependencyUnavailable for one that lacks a part.
Credentials parse_container_answer(std::string_view json);
Credentials parse_sts_answer(std::string_view xml);

}  // namespace safargo::s3
