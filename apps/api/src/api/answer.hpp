// Turns a view into a response.
#pragma once

#include "api/operation.hpp"
#include "contract/json.hpp"
#include "http/event_source.hpp"
#include "http/message.hpp"
#include "http/problem.hpp"

#include <concepts>
#include <cstdint>
#include <memory>
#include <string>

namespace safargo::api {

// A view of a row that is edited with If-Match: the version an edit must name.
template <class View>
concept Versioned = requires(const View& view) {
    { view.row_version() } -> std::same_as<std::int64_t>;
};

// A response that is not JSON: a page, an image, a file.
struct Content {
    std::string type;
    std::string body;
    http::Headers headers{};
};

// A response without an end; T is what its events carry.
template <class T>
struct EventStream {
    using Data = T;
    std::shared_ptr<http::EventSource> source;
};

template <class View>
concept Streamed = requires { typename View::Data; } && std::same_as<View, EventStream<typename View::Data>>;

// The tag covers the exact body, so everything shown to this caller in this language: data beside the row (its driver,
// a plate) changes without the row's version.
std::string etag_of(std::string_view body);                        // "<digest>"
std::string etag_of(std::int64_t version, std::string_view body);  // "3.<digest>"; If-Match compares only the 3

template <class View>
http::Response answer(const Operation& operation, const View& view, contract::Reader reader) {
    http::Response response{.status = operation.status};
    if constexpr (std::same_as<View, Content>) {
        response.body = view.body;
        response.content_type = view.type;
        response.headers = view.headers;
    } else if constexpr (Streamed<View>) {
        response.events = view.source;
    } else if constexpr (!std::same_as<View, Nothing>) {
        contract::print_json(response.body, view, reader);
    }
    if constexpr (Versioned<View>) {
        response.headers.emplace_back("ETag", etag_of(view.row_version(), response.body));
    } else if (operation.has_etag) {
        response.headers.emplace_back("ETag", etag_of(response.body));
    }
    return response;
}

}  // namespace safargo::api
