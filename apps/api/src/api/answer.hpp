// A view into a response.
#pragma once

#include "api/operation.hpp"
#include "contract/json.hpp"
#include "http/message.hpp"
#include "http/problem.hpp"

#include <concepts>
#include <string>

namespace safargo::api {

// A view whose row has a version says its entity tag.
template <class View>
concept Tagged = requires(const View& view) {
    { view.etag() } -> std::convertible_to<std::string>;
};

// An answer that is no JSON: a page, a picture, a file.
struct Content {
    std::string type;
    std::string body;
    http::Headers headers{};
};

std::string etag_of(std::string_view body);  // of what the answer says, for views without a version

template <class View>
http::Response answer(const Operation& operation, const View& view, Language reader) {
    http::Response response{.status = operation.status};
    if constexpr (std::same_as<View, Content>) {
        response.body = view.body;
        response.content_type = view.type;
        response.headers = view.headers;
    } else if constexpr (!std::same_as<View, Nothing>) {
        contract::print_json(response.body, view, reader);
    }
    if constexpr (Tagged<View>) {
        response.headers.emplace_back("ETag", view.etag());
    } else if (operation.has_etag) {
        response.headers.emplace_back("ETag", etag_of(response.body));
    }
    return response;
}

}  // namespace safargo::api
