// Authenticates bearer tokens; implemented by features/auth.
#pragma once

#include "core/caller.hpp"
#include "core/result.hpp"
#include "core/task.hpp"

#include <string>

namespace safargo::api {

class Authenticator {
public:
    virtual ~Authenticator() = default;
    // unauthenticated unless it is a valid access token of a live session; role and status come from the database.
    virtual Task<Result<Caller>> authenticate(std::string bearer_token) = 0;
};

}  // namespace safargo::api
