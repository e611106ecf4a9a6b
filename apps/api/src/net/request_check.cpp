#include "net/request_check.hpp"

#include "net/field_name.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace safargo::net {
namespace {

struct FreeUrl {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
struct FreeText {
    void operator()(char* text) const { curl_free(text); }
};
using Url = std::unique_ptr<CURLU, FreeUrl>;

[[noreturn]] void refuse(const char* what) {
    throw std::invalid_argument(what);
}

Url parse(const std::string& text) {
    Url url(curl_url());
    if (!url || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), CURLU_DISALLOW_USER) != CURLUE_OK) return {};
    return url;
}

std::string part(const Url& url, CURLUPart what) {
    char* text = nullptr;
    if (curl_url_get(url.get(), what, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) return {};
    return std::unique_ptr<char, FreeText>(text).get();
}

void check_url(const std::string& text) {
    const bool plain = std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~' && c != '#' && c != '\\'; });
    if (!plain) refuse("the URL of an outbound request contains a character that must be encoded");
    if (!text.starts_with("https://") && !text.starts_with("http://")) {
        refuse("the URL of an outbound request is neither http nor https");
    }
    const Url url = parse(text);
    const bool third_slash = text.contains(":///");  // libcurl takes the first part of the path for the host
    if (!url || third_slash || part(url, CURLUPART_HOST).empty()) refuse("the URL of an outbound request is not valid");
}

bool is_token(std::string_view text) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("!#$%&'*+-.^_`|~").contains(c);
    };
    return !text.empty() && std::ranges::all_of(text, allowed);
}

bool is_control(char c) {
    return (static_cast<unsigned char>(c) < ' ' && c != '\t') || c == '\x7f';
}

void check_header(const std::string& name, const std::string& value) {
    if (!is_token(name)) refuse("the name of an outbound header is not a token");
    if (std::ranges::any_of(value, is_control)) refuse("the value of an outbound header contains a control character");
    for (const std::string_view own : {"connection", "content-length", "expect", "transfer-encoding", "upgrade"}) {
        if (same_field(name, own)) refuse("an outbound header is the client's own");
    }
}

void check_label(std::string_view label) {
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    if (label.empty() || !std::ranges::all_of(label, allowed)) {
        refuse("vendor and operation of an outbound request consist of a-z, 0-9 and _");
    }
}

}  // namespace

void check_request(const Request& request) {
    check_label(request.vendor);
    check_label(request.operation);
    const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (request.method.empty() || !std::ranges::all_of(request.method, capital)) {
        refuse("the method of an outbound request is not a word in capital letters");
    }
    if (request.method == "HEAD" && !request.body.empty()) refuse("an outbound HEAD has no body");
    check_url(request.url);
    for (const auto& [name, value] : request.headers) check_header(name, value);
}

std::string origin_of(const std::string& url) {
    const Url parsed = parse(url);
    std::string host = part(parsed, CURLUPART_HOST);
    std::ranges::transform(host, host.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return part(parsed, CURLUPART_SCHEME) + "://" + host + ":" + part(parsed, CURLUPART_PORT);
}

}  // namespace safargo::net
