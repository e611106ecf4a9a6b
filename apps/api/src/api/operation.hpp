// One route as seen by the OpenAPI document and the role table.
#pragma once

#include "core/error.hpp"
#include "http/message.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::api {

class PublicAnswers;

// The role a caller needs. Access to other people's rows is refused in the services, not here.
enum class Access { anyone, user, driver, moderator, admin };

// A body that is no described type, as the document shows it: both are JSON.
struct RawMedia {
    std::string type;  // "application/x-www-form-urlencoded"
    std::string schema;
    std::string example;
    std::size_t most = 0;  // bytes
};

struct Operation {
    http::Method method;
    std::string path;     // without the prefix: "/bookings/{id}"
    std::string summary;  // imperative: "Create a trip"
    std::string tag;      // the first segment of the path
    std::string description{};
    Access access = Access::anyone;
    bool idempotent = false;
    bool needs_if_match = false;
    bool has_etag = false;
    int status = 200;
    std::string path_parameters{};   // the contents of a JSON array
    std::string query_parameters{};  // the contents of a JSON array
    std::string body_schema{};
    bool (*takes_body)(std::string_view json) = nullptr;  // whether a body conforms to body_schema
    std::optional<RawMedia> raw_body{};                   // instead of a schema: the handler reads the body by itself
    std::string view_schema{};                            // empty: no content; of a stream, what each event's data is
    bool streams = false;                                 // answers with an event stream
    bool resumes = false;                                 // takes Last-Event-ID
    std::vector<Code> fails{};
    bool answers_all = false;          // the handler knows nothing of the caller but the language
    PublicAnswers* kept_in = nullptr;  // its answers are the same for everyone and kept there
};

}  // namespace safargo::api
