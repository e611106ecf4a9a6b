#include "adapters/s3/credential_sources.hpp"

#include "adapters/s3/xml.hpp"
#include "contract/node.hpp"
#include "core/failures.hpp"
#include "core/percent_encoding.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <utility>

namespace safargo::s3 {
namespace {

constexpr std::string_view vendor = "aws_credentials";
constexpr std::chrono::seconds patience{2};
constexpr std::size_t longest_token = std::size_t{16} * 1024;

[[noreturn]] void fail_to_get(const std::string& what) {
    throw DependencyUnavailable(std::string(vendor), what);
}

// Read again each time: the platform replaces the token while we run.
std::string read_token(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    std::string token(longest_token + 1, '\0');
    in.read(token.data(), static_cast<std::streamsize>(token.size()));
    token.resize(static_cast<std::size_t>(in.gcount()));
    if (token.empty() || token.size() > longest_token) fail_to_get("the token file cannot be read");
    token.erase(token.find_last_not_of(" \r\n") + 1);
    if (std::ranges::any_of(token, [](char c) { return c <= ' ' || c > '~'; })) {
        fail_to_get("the token file holds no token");
    }
    return token;
}

net::Request request_of(std::string operation, std::string url) {
    return {.vendor = std::string(vendor),
            .operation = std::move(operation),
            .url = std::move(url),
            .repeatable = true,
            .max_answer = std::size_t{64} * 1024,
            .deadline = std::chrono::steady_clock::now() + patience};
}

Task<std::string> ask(net::Client& client, net::Request request) {
    const net::Response response = co_await client.send(std::move(request));
    if (response.status != 200) fail_to_get("answered " + std::to_string(response.status));
    co_return response.body;
}

class OwnKeys final : public CredentialsSource {
public:
    explicit OwnKeys(const CredentialsOptions& options)
        : keys_{options.access_key_id, options.secret_access_key, options.session_token} {}
    Task<Credentials> fetch() override { co_return keys_; }

private:
    Credentials keys_;
};

class WebIdentity final : public CredentialsSource {
public:
    WebIdentity(const CredentialsOptions& options, net::Client& client)
        : file_(options.web_identity_token_file), role_(options.role_arn), url_(options.sts_url), client_(client) {}

    Task<Credentials> fetch() override {
        net::Request request = request_of("web_identity", url_ + "/");
        request.method = "POST";
        request.headers = {{"content-type", "application/x-www-form-urlencoded"}};
        request.body = "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleSessionName=safargo-api&RoleArn=" +
                       percent_encode(role_) + "&WebIdentityToken=" + percent_encode(read_token(file_));
        co_return parse_sts_answer(co_await ask(client_, std::move(request)));
    }

private:
    std::string file_, role_, url_;
    net::Client& client_;
};

class Container final : public CredentialsSource {
public:
    Container(const CredentialsOptions& options, net::Client& client)
        : url_(container_url(options.container_relative_uri, options.container_full_uri)),
          token_(options.container_token),
          token_file_(options.container_token_file),
          client_(client) {}

    Task<Credentials> fetch() override {
        net::Request request = request_of("container", url_);
        const std::string token = token_file_.empty() ? token_ : read_token(token_file_);
        if (!token.empty()) request.headers = {{"authorization", token}};
        co_return parse_container_answer(co_await ask(client_, std::move(request)));
    }

private:
    std::string url_, token_, token_file_;
    net::Client& client_;
};

class NoSource final : public CredentialsSource {
public:
    Task<Credentials> fetch() override {
        fail_to_get("neither keys nor a role are configured");
        co_return Credentials{};
    }
};

// "host" of "http://host:port/path", with the brackets of an IPv6 address.
std::string_view host_of(std::string_view url) {
    url.remove_prefix(url.find("://") + 3);
    url = url.substr(0, url.find_first_of("/?#"));
    if (url.contains('@')) return {};
    if (url.starts_with('[')) return url.substr(0, url.find(']') + 1);
    return url.substr(0, url.find(':'));
}

bool is_loopback_address(std::string_view host) {
    const bool numbers = std::ranges::all_of(host, [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
    return host == "localhost" || host == "[::1]" || (host.starts_with("127.") && numbers);
}

bool may_learn_the_token(std::string_view url) {
    constexpr std::array<std::string_view, 3> containers{"169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"};
    if (url.starts_with("https://")) return !host_of(url).empty();
    if (!url.starts_with("http://")) return false;
    const std::string_view host = host_of(url);
    return is_loopback_address(host) || std::ranges::find(containers, host) != containers.end();
}

Instant expiry_of(std::string_view text) {
    const auto instant = parse_instant(text);
    if (!instant) fail_to_get("the answer has no time of expiry");
    return *instant;
}

Credentials complete(Credentials credentials) {
    if (credentials.access_key_id.empty() || credentials.secret_access_key.empty() ||
        credentials.session_token.empty()) {
        fail_to_get("the answer lacks a part of the credentials");
    }
    return credentials;
}

std::string member(const contract::Object& object, std::string_view name) {
    const auto found = std::ranges::find(object, name, &contract::Member::name);
    if (found == object.end()) return {};
    const auto* text = found->node.as<std::string>();
    return text == nullptr ? std::string() : *text;
}

}  // namespace

std::string container_url(std::string_view relative_uri, std::string_view full_uri) {
    if (!relative_uri.empty()) {
        if (!relative_uri.starts_with('/')) {
            throw std::invalid_argument("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI must begin with a slash");
        }
        return "http://169.254.170.2" + std::string(relative_uri);
    }
    if (!may_learn_the_token(full_uri)) {
        throw std::invalid_argument(
            "AWS_CONTAINER_CREDENTIALS_FULL_URI must be https, or http on loopback or the addresses of ECS and EKS");
    }
    return std::string(full_uri);
}

Credentials parse_container_answer(std::string_view json) {
    const auto node = contract::read_json(json);
    const auto* object = node ? node->as<contract::Object>() : nullptr;
    if (object == nullptr) fail_to_get("the answer is not an object");
    return complete({.access_key_id = member(*object, "AccessKeyId"),
                     .secret_access_key = member(*object, "SecretAccessKey"),
                     .session_token = member(*object, "Token"),
                     .expires_at = expiry_of(member(*object, "Expiration"))});
}

Credentials parse_sts_answer(std::string_view xml) {
    const auto part = [xml](const char* name) {
        return text_at(
            xml, std::string("AssumeRoleWithWebIdentityResponse/AssumeRoleWithWebIdentityResult/Credentials/") + name);
    };
    return complete({.access_key_id = part("AccessKeyId"),
                     .secret_access_key = part("SecretAccessKey"),
                     .session_token = part("SessionToken"),
                     .expires_at = expiry_of(part("Expiration"))});
}

std::unique_ptr<CredentialsSource> choose_source(const CredentialsOptions& options, net::Client& client) {
    if (!options.access_key_id.empty() && !options.secret_access_key.empty()) {
        return std::make_unique<OwnKeys>(options);
    }
    if (!options.web_identity_token_file.empty() && !options.role_arn.empty()) {
        return std::make_unique<WebIdentity>(options, client);
    }
    if (!options.container_relative_uri.empty() || !options.container_full_uri.empty()) {
        return std::make_unique<Container>(options, client);
    }
    return std::make_unique<NoSource>();
}

}  // namespace safargo::s3
