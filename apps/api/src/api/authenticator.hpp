// Who stands behind a bearer token; features/auth implements it.
#pragma once

#include "core/caller.hpp"
#include "core/result.hpp"
#include "core/task.hpp"

#include <string>

namespace safargo::api {

class Authenticator {
public:
    virtual ~Authenticator() = default;
    // unauthenticated for anything but a valid access token of a live session; role and status are the database's.
    virtual Task<Result<Caller>> authenticate(std::string bearer_token) = 0;
};

}  // namespace safargo::api
