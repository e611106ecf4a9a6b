// For the tests of object stores: a store with whatever serves its URLs, and a browser that uses them.
#pragma once

#include "net/client.hpp"
#include "ports/object_store.hpp"
#include "testing/run_task.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

namespace safargo::testing {

// A store, and whatever serves its URLs.
class ObjectStoreWorld {
public:
    virtual ~ObjectStoreWorld() = default;
    virtual ObjectStore& store() = 0;
};

struct ObjectStoreAdapter {
    std::string name;
    std::function<std::string()> missing;  // why it cannot be tested here; "" if it can
    std::function<std::unique_ptr<ObjectStoreWorld>()> make;
};

inline void PrintTo(const ObjectStoreAdapter& adapter, std::ostream* out) {
    *out << adapter.name;
}

inline const std::string page_origin = "http://127.0.0.1:3001";

class ObjectStoreSuite : public ::testing::TestWithParam<ObjectStoreAdapter> {
protected:
    void SetUp() override {
        if (const std::string why = GetParam().missing(); !why.empty()) GTEST_SKIP() << why;
        world_ = GetParam().make();
    }

    ObjectStore& store() { return world_->store(); }
    static Instant now() { return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()); }

    // A name that no other test has, in a bucket that browsers may read.
    static ObjectName name(std::string_view folder, std::string_view end = "a.txt") {
        static int number = 0;
        const auto ticks = std::chrono::steady_clock::now().time_since_epoch().count();
        return {.bucket = Bucket::uploads,
                .key = std::string(folder) + "/suite/" + std::to_string(ticks) + '-' + std::to_string(++number) + '/' +
                       std::string(end)};
    }
    ObjectName written(std::string_view folder, std::string body = "content", std::string_view end = "a.txt") {
        const ObjectName made = name(folder, end);
        run(store().write({.name = made,
                           .body = std::move(body),
                           .content_type = "text/plain",
                           .cache_control = folder == "public" ? "public, max-age=31536000, immutable" : ""}));
        return made;
    }
    std::string signed_url(const ObjectName& object, Instant at, std::chrono::seconds valid_for = minute) {
        return run(store().signed_url(object, valid_for, at));
    }
    UploadForm form(const ObjectName& object, Instant at) {
        return run(store().permit_upload(
            {.object = object, .content_type = "image/png", .min_bytes = 5, .max_bytes = 10, .valid_for = minute}, at));
    }

    // As a browser with a page of the web site.
    net::Response get(const std::string& url) {
        return run(
            browser_.send({.vendor = "test", .operation = "get", .url = url, .headers = {{"origin", page_origin}}}));
    }
    net::Response post(const UploadForm& form, std::string_view file) {
        std::string body;
        for (const auto& [field, value] : form.fields) body += part("name=\"" + field + '"', value);
        body += part("name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png", file) + "--XyZ--\r\n";
        return post_body(form.url, std::move(body));
    }
    net::Response post_body(const std::string& url, std::string body) {
        return run(
            browser_.send({.vendor = "test",
                           .operation = "post",
                           .method = "POST",
                           .url = url,
                           .headers = {{"origin", page_origin}, {"content-type", "multipart/form-data; boundary=XyZ"}},
                           .body = std::move(body)}));
    }
    static std::string part(std::string_view disposition, std::string_view content) {
        return "--XyZ\r\nContent-Disposition: form-data; " + std::string(disposition) + "\r\n\r\n" +
               std::string(content) + "\r\n";
    }

    // "Code" of a refusal in XML.
    static std::string code(const net::Response& response) {
        const std::size_t from = response.body.find("<Code>"), to = response.body.find("</Code>");
        return from == std::string::npos || to == std::string::npos ? "none"
                                                                    : response.body.substr(from + 6, to - from - 6);
    }
    static std::string& field(UploadForm& form, std::string_view wanted) {
        const auto found = std::ranges::find_if(form.fields, [&](const auto& f) { return f.first.ends_with(wanted); });
        if (found == form.fields.end()) throw std::logic_error("a form without " + std::string(wanted));
        return found->second;
    }
    // Another character of the same alphabet.
    static void change(char& c) { c = c == 'a' ? 'b' : 'a'; }
    static std::string replaced(std::string text, std::string_view what, std::string_view by) {
        const std::size_t at = text.find(what);
        if (at == std::string::npos) throw std::logic_error("nothing to replace");
        return text.replace(at, what.size(), by);
    }

    static constexpr std::chrono::seconds minute{60};

private:
    net::Client browser_{shared_context()->get_executor(), {}};
    std::unique_ptr<ObjectStoreWorld> world_;
};

}  // namespace safargo::testing
