// Signed requests to S3 and what their refusals mean.
#pragma once

#include "adapters/s3/credential_cache.hpp"
#include "adapters/s3/signature.hpp"
#include "net/client.hpp"

#include <chrono>
#include <cstddef>
#include <string>

namespace safargo::s3 {

struct Call {
    std::string operation;  // in metrics and logs: "put_object"
    Target target;
    net::Headers headers{};
    std::string body{};
    bool repeatable = true;
    std::size_t max_answer = std::size_t{64} * 1024;
    std::chrono::milliseconds patience{5'000};
};

class Calls {
public:
    // All outlive it.
    Calls(net::Client& client, CredentialCache& credentials, const Clock& clock, std::string region)
        : client_(client), credentials_(credentials), clock_(clock), region_(std::move(region)) {}

    // The answer, whatever its status. A call refused because its credentials have expired is made again with new ones,
    // and a repeatable one that failed inside S3 once more. Throws DependencyUnavailable or DeadlineExceeded.
    Task<net::Response> send(Call call);

    CredentialCache& credentials() { return credentials_; }
    const std::string& region() const { return region_; }

private:
    Task<net::Response> send_once(const Call& call, const Credentials& credentials, net::Deadline deadline);

    net::Client& client_;
    CredentialCache& credentials_;
    const Clock& clock_;
    std::string region_;
};

// S3's own code of a refusal, "NoSuchKey"; "" if the answer has none (one to HEAD never has).
std::string error_code(const net::Response& response);

// Logs status and code, and throws DependencyUnavailable. Neither says anything about keys or credentials.
[[noreturn]] void refuse(const std::string& operation, const net::Response& response);

}  // namespace safargo::s3
