// What became of a request, in a word.
#pragma once

#include "core/failures.hpp"
#include "net/client.hpp"
#include "testing/run_task.hpp"

#include <string>
#include <utility>

namespace safargo::net {

// "200", "late" for DeadlineExceeded, or what DependencyUnavailable says: "unreachable".
inline std::string outcome(Client& client, Request request) {
    try {
        return std::to_string(testing::run(client.send(std::move(request))).status);
    } catch (const DeadlineExceeded&) {
        return "late";
    } catch (const DependencyUnavailable& failure) {
        return std::string(failure.what()).substr(failure.dependency.size() + 2);
    }
}

}  // namespace safargo::net
