// Finds the handler for a method and a path. Routes are data; duplicates throw when added.
#pragma once

#include "core/task.hpp"
#include "http/message.hpp"

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::http {

// Runs on the connection's thread. Every wait must end by request.context.deadline: past it the handler is cancelled
// and the response is 504, unless a COMMIT in progress completes.
using Handler = std::function<Task<Response>(Request&)>;

struct Route {
    Method method = Method::get;
    std::string pattern{};  // "/api/v1/trips/{id}": a segment is a literal or one parameter
    Handler handler{};
    std::size_t max_body = std::size_t{64} * 1024;  // bytes; 413 beyond
    bool rate_limited = true;                       // counts against the caller's IP
    bool needs_login = false;                       // without an Authorization header 401, before the body is read
};

struct Match {
    enum class Kind { found, method_not_allowed, not_found, malformed };
    Kind kind = Kind::not_found;
    const Route* route = nullptr;  // if found; valid while the router exists
    std::size_t index = 0;         // of the route, in order of addition
    std::string allow{};           // "GET, HEAD, OPTIONS" if only the method is unknown, or for OPTIONS
    PathParams params{};           // if found
};

class Router {
public:
    Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;
    ~Router();

    // Throws std::logic_error for an invalid pattern, a missing handler, or a duplicate method and pattern.
    void add(Route route);

    // Literal segments take precedence over parameters. HEAD falls back to the GET route. OPTIONS never matches: a
    // known path yields method_not_allowed with `allow`, from which the server answers 204. A path that cannot be
    // decoded (invalid percent escape, encoded slash, control character, invalid UTF-8) is malformed.
    Match match(Method method, std::string_view path) const;

    std::size_t size() const { return routes_.size(); }
    const Route& operator[](std::size_t index) const { return *routes_[index]; }

private:
    struct Node;

    std::vector<std::unique_ptr<Route>> routes_;
    std::unique_ptr<Node> root_;
};

}  // namespace safargo::http
