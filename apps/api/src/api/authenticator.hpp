// Authenticates bearer tokens; implemented by features/auth.
#pragma once

#include "core/caller.hpp"
#include "core/result.hpp"
#include "core/task.hpp"

#include <string>
#include <vector>

namespace safargo::api {

class Authenticator {
public:
    virtual ~Authenticator() = default;
    // unauthenticated unless it is a valid access token of a live session; role and status come from the database.
    virtual Task<Result<Caller>> authenticate(std::string bearer_token) = 0;
    // Those of the sessions that authenticate nobody any more: signed out, or of an account that is banned or deleted.
    // By default none, for tests in which nobody signs out.
    virtual Task<std::vector<SessionId>> find_ended(std::vector<SessionId>) { co_return std::vector<SessionId>{}; }
};

}  // namespace safargo::api
