// Which handler answers a method and a path. Routes are data; duplicates throw when they are added.
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

// Runs on the connection's thread and is never cancelled: every wait inside ends by request.context.deadline.
// After that deadline the server has answered 504 in its name and drops what it returns.
using Handler = std::function<Task<Response>(Request&)>;

struct Route {
    Method method = Method::get;
    std::string pattern{};  // "/api/v1/trips/{id}": a segment is a literal or one parameter
    Handler handler{};
    std::size_t max_body = std::size_t{64} * 1024;  // bytes; more is 413
    bool rate_limited = true;                       // counts against the caller's IP
    bool needs_login = false;                       // without an Authorization header it is 401 before the body is read
};

struct Match {
    enum class Kind { found, method_not_allowed, not_found, malformed };
    Kind kind = Kind::not_found;
    const Route* route = nullptr;  // when found; stays valid while the router lives
    std::size_t index = 0;         // of the route, in the order of add
    std::string allow{};           // "GET, HEAD, OPTIONS" when the path exists but the method does not, or for OPTIONS
    PathParams params{};           // when found
};

class Router {
public:
    Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;
    ~Router();

    // Throws std::logic_error for a bad pattern, no handler, or a second route of the same method and shape.
    void add(Route route);

    // Literal segments beat parameters. HEAD finds the GET route when it has none of its own. OPTIONS finds nothing:
    // an existing path gives method_not_allowed with `allow`, from which the server answers 204. An undecodable
    // path (bad percent sign, encoded slash, control character, no UTF-8) is malformed.
    Match match(Method method, std::string_view path) const;

    std::size_t size() const { return routes_.size(); }
    const Route& operator[](std::size_t index) const { return *routes_[index]; }

private:
    struct Node;

    std::vector<std::unique_ptr<Route>> routes_;
    std::unique_ptr<Node> root_;
};

}  // namespace safargo::http
