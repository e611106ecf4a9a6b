// Answers of one process, made of rows that a test edits.
#pragma once

#include "api/public_answers.hpp"

#include "api/answer.hpp"
#include "core/failures.hpp"
#include "testing/cancellable.hpp"
#include "testing/gate.hpp"
#include "testing/run_task.hpp"

#include <gtest/gtest.h>

#include <map>

namespace safargo::api {

using namespace std::chrono_literals;

// Runs what can run now.
inline void settle() {
    testing::shared_context()->restart();
    testing::shared_context()->poll();
}

// The cache of all replicas; it may be away.
class FakeCache final : public Cache {
public:
    Task<std::optional<CachedValue>> find(std::string_view key) override {
        ++finds;
        const auto found = values.find(std::string(key));
        if (away || found == values.end()) co_return std::nullopt;
        co_return found->second;
    }
    Task<void> store(std::string_view key, CachedValue value, std::chrono::seconds kept) override {
        EXPECT_LE(kept, longest);
        if (!away) values.insert_or_assign(std::string(key), std::move(value));
        co_return;
    }
    std::map<std::string, CachedValue> values;
    int finds = 0;
    bool away = false;
};

inline http::Request request_for(std::string path, std::string query = "", Language language = Language::fr) {
    http::Request request;
    request.path = std::move(path);
    request.query = std::move(query);
    request.context.language = language;
    return request;
}

class PublicAnswersTest : public ::testing::Test {
protected:
    void edit(std::int64_t version) {
        rows = version;
        shared.version.confirm(version, std::chrono::steady_clock::now() + 1h);  // however slow this machine is
    }
    // What a handler would answer now.
    Task<http::Response> make() {
        const std::string body = "rows of " + std::to_string(rows) + std::string(2'000, '.');
        ++made;
        if (gate != nullptr) co_await gate->pass();
        if (broken) throw DependencyUnavailable("database", "away");
        http::Response response{.status = status, .body = body};
        if (with_etag) response.headers.emplace_back("ETag", etag_of(body));
        co_return response;
    }
    http::Response ask(PublicAnswers& asked, const http::Request& request = request_for("/places")) {
        return testing::run(asked.answer(request, [this] { return make(); }));
    }
    Task<void> ask_into(PublicAnswers& asked, http::Response& response) {
        const http::Request request = request_for("/places");
        response = co_await asked.answer(request, [this] { return make(); });
    }
    Task<void> ask_after_an_edit(http::Response& response, testing::Gate& then) {
        edit(2);
        gate = nullptr;
        co_await ask_into(answers, response);
        co_await then.pass();
    }
    std::string first_words(const http::Response& response) { return response.body.substr(0, response.body.find('.')); }

    SharedAnswers shared;
    FakeCache cache;
    PublicAnswers answers{shared, nullptr, "1.0.0"};
    std::int64_t rows = 1;
    int made = 0, status = 200;
    bool broken = false, with_etag = true;
    testing::Gate* gate = nullptr;
};

}  // namespace safargo::api
