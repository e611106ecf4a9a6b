#include "adapters/local_objects/routes.hpp"

#include "adapters/local_objects/form_data.hpp"
#include "contract/query.hpp"
#include "http/loopback_name.hpp"

#include <array>
#include <utility>

namespace safargo::local_objects {
namespace {

struct Answer {
    Refusal refusal;
    int status;
    std::string_view code;
};

constexpr std::array answers{
    Answer{Refusal::access_denied, 403, "AccessDenied"},
    Answer{Refusal::signature_does_not_match, 403, "SignatureDoesNotMatch"},
    Answer{Refusal::invalid_argument, 400, "InvalidArgument"},
    Answer{Refusal::malformed_form, 400, "MalformedPOSTRequest"},
    Answer{Refusal::entity_too_small, 400, "EntityTooSmall"},
    Answer{Refusal::entity_too_large, 400, "EntityTooLarge"},
    Answer{Refusal::no_such_key, 404, "NoSuchKey"},
};

http::Response refused(Refusal refusal) {
    http::Response response{.status = 500, .content_type = "application/xml"};
    for (const Answer& answer : answers) {
        if (answer.refusal != refusal) continue;
        response.status = answer.status;
        response.body =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + std::string(answer.code) + "</Code></Error>";
    }
    return response;
}

// A page of the web site shows pictures, whatever origin it was given; a private object opens as no page.
http::Response shown(KeptObject object, bool by_signature) {
    http::Response response{.body = std::move(object.body), .content_type = object.facts.content_type};
    response.headers = {{"ETag", '"' + object.facts.etag + '"'}, {"Cross-Origin-Resource-Policy", "cross-origin"}};
    const bool kept = !by_signature && !object.cache_control.empty();
    response.headers.emplace_back("Cache-Control", kept ? object.cache_control : "private, no-store");
    if (by_signature) response.headers.emplace_back("Content-Disposition", "attachment");
    return response;
}

std::optional<ReadLink> link_of(http::Request& request) {
    const auto pairs = contract::split_query(request.query);
    if (!pairs) return std::nullopt;
    ReadLink link{.bucket = std::string(request.params["bucket"])};
    for (const auto& [name, value] : *pairs) {
        if (name == "key") link.key = value;
        if (name == "expires") link.expires = value;
        if (name == "signature") link.signature = value;
    }
    return link;
}

Task<http::Response> read(LocalObjectStore& store, http::Request& request) {
    const auto link = link_of(request);
    if (!link) co_return refused(Refusal::invalid_argument);
    const auto readable = store.links().check(*link, store.now());
    if (!readable) co_return refused(readable.error());
    auto object = store.folder().read(readable->name);
    // Who may not list a bucket does not learn what is missing in it.
    if (!object) co_return refused(readable->by_signature ? Refusal::no_such_key : Refusal::access_denied);
    co_return shown(std::move(*object), readable->by_signature);
}

struct Upload {
    SentForm form;
    std::string_view file;
};

std::string* field_of(SentForm& form, std::string_view name) {
    if (name == "key") return &form.key;
    if (http::equal_ignoring_case(name, "content-type")) return &form.content_type;
    if (name == "policy") return &form.policy;
    if (name == "signature") return &form.signature;
    return nullptr;
}

// Like S3, ignores what follows the file.
std::expected<Upload, Refusal> upload_of(const http::Request& request) {
    const auto boundary = boundary_of(request.header("content-type"));
    const auto parts = boundary ? parse_form(request.body, *boundary) : std::nullopt;
    if (!parts) return std::unexpected(Refusal::malformed_form);
    Upload upload{.form = {.bucket = std::string(request.params["bucket"])}};
    for (const FormPart& part : *parts) {
        if (part.name == "file") {
            upload.file = part.content;
            upload.form.file_bytes = part.content.size();
            return upload;
        }
        std::string* field = field_of(upload.form, part.name);
        if (field == nullptr || !field->empty()) {
            upload.form.has_others = true;
        } else {
            *field = part.content;
        }
    }
    return std::unexpected(Refusal::invalid_argument);
}

Task<http::Response> write(LocalObjectStore& store, http::Request& request) {
    const auto upload = upload_of(request);
    if (!upload) co_return refused(upload.error());
    const auto name = store.links().check(upload->form, store.now());
    if (!name) co_return refused(name.error());
    store.folder().write({.name = *name, .body = std::string(upload->file), .content_type = upload->form.content_type});
    co_return http::Response{.status = 204};
}

}  // namespace

void add_routes(http::Router& router, LocalObjectStore& store) {
    const auto add = [&router](http::Method method, http::Handler handler) {
        router.add({.method = method,
                    .pattern = "/dev/objects/{bucket}",
                    .handler = http::for_loopback_names(std::move(handler)),
                    .max_body = largest_upload});
    };
    add(http::Method::get, [&store](http::Request& request) { return read(store, request); });
    add(http::Method::post, [&store](http::Request& request) { return write(store, request); });
}

}  // namespace safargo::local_objects
