// Signed requests to S3 and what their refusals mean.
#pragma once

#include "adapters/s3/credential_cache.hpp"
#include "adapters/s3/presence.hpp"
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
    bool looks = false;  // whether S3 answers: it is sent even if none did lately
};

class Calls {
public:
    // All outlive it; `presence` is shared with other threads.
    Calls(net::Client& client, CredentialCache& credentials, const Clock& clock, Presence& presence, std::string region)
        : client_(client), credentials_(credentials), clock_(clock), presence_(presence), region_(std::move(region)) {}

    // The answer, whatever its status. A call refused because its credentials have expired is made again with new ones,
    // and a repeatable one that failed inside S3 once more. Throws DependencyUnavailable (at once while S3 is gone) or
    // DeadlineExceeded.
    Task<net::Response> send(Call call);

    void require_presence() const;  // throws DependencyUnavailable while S3 is gone
    CredentialCache& credentials() { return credentials_; }
    const std::string& region() const { return region_; }

private:
    net::Request request_of(const Call& call, const Credentials& credentials, net::Deadline deadline) const;
    Task<net::Response> deliver(net::Request request);
    Task<net::Response> send_once(const Call& call, const Credentials& credentials, net::Deadline deadline);

    net::Client& client_;
    CredentialCache& credentials_;
    const Clock& clock_;
    Presence& presence_;
    std::string region_;
};

// S3's own code of a refusal, "NoSuchKey"; "" if the answer has none (one to HEAD never has).
std::string error_code(const net::Response& response);

// Logs status and code, and throws DependencyUnavailable. Neither says anything about keys or credentials.
[[noreturn]] void refuse(const std::string& operation, const net::Response& response);

}  // namespace safargo::s3
