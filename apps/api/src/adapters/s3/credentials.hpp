// What requests to AWS are signed with.
#pragma once

#include "core/task.hpp"
#include "core/time.hpp"

#include <optional>
#include <string>

namespace safargo::s3 {

// Never logged, never part of a failure's text.
struct Credentials {
    std::string access_key_id;
    std::string secret_access_key;
    std::string session_token{};          // "" for a user's own keys
    std::optional<Instant> expires_at{};  // nullopt: never
};

// Where they come from. Belongs to one thread.
class CredentialsSource {
public:
    virtual ~CredentialsSource() = default;
    // Throws DependencyUnavailable or DeadlineExceeded.
    virtual Task<Credentials> fetch() = 0;
};

}  // namespace safargo::s3
