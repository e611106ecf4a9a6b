// For tests: a tiny feature on a real database, and a way to call it as the server would.
#pragma once

#include "adapters/local/rate_limiter.hpp"
#include "api/endpoints.hpp"
#include "testing/gate.hpp"
#include "testing/test_database.hpp"

#include <map>
#include <string>
#include <vector>

namespace safargo::api::testing {

struct WriteNote {
    Text<40> text;
    std::optional<Bounded<1, 5>> stars;
};
BOOST_DESCRIBE_STRUCT(WriteNote, (), (text, stars))

struct NoteView {
    std::int64_t id;
    std::string text;
    std::int64_t version;
    std::int64_t row_version() const { return version; }
};
BOOST_DESCRIBE_STRUCT(NoteView, (), (id, text, version))

struct FindNotes {
    std::optional<Text<40>> containing;
    std::optional<Bounded<1, 10>> limit;
};
BOOST_DESCRIBE_STRUCT(FindNotes, (), (containing, limit))

struct NoteList {
    std::vector<NoteView> items;
    std::string reader;  // the caller, "" if not signed in
};
BOOST_DESCRIBE_STRUCT(NoteList, (), (items, reader))

using NoteId = Bounded<1, 1'000'000>;

// Writes first, then acts as its text says: "refuse", "keep" (refuse, effects stay), "throw", "busy" (429), "down"
// (503), "wait" (for the gate).
class Notebook {
public:
    explicit Notebook(db::Database& database) : database_(database) {}

    Task<Result<NoteView>> write(db::Transaction& tx, Caller caller, WriteNote wanted);
    Task<Result<NoteView>> edit(db::Transaction& tx, NoteId id, IfMatch if_match, WriteNote wanted);
    Task<Result<NoteView>> find(NoteId id);
    Task<Result<Nothing>> archive(db::Transaction& tx, NoteId id);
    Task<Result<NoteList>> list(std::optional<Caller> caller, FindNotes wanted);
    Task<Result<NoteList>> mine(Caller caller, RequestContext context);

    // After the commit, acts as `after_commit` says: "" improves the text, "wait" (for the gate) too, "refuse",
    // "throw", "number" (throws one), "down".
    Task<Result<NoteView>> polish(Caller caller, NoteView written);

    std::string after_commit;
    ::safargo::testing::Gate* arrival = nullptr;  // "wait" passes both gates
    ::safargo::testing::Gate* gate = nullptr;
    int written = 0;   // calls, whatever their outcome
    int followed = 0;  // calls whose transaction kept its effects

private:
    Task<Result<NoteView>> obey(NoteView note);

    db::Database& database_;
};

void add_routes(Endpoints& endpoints, Notebook& notebook);

// Tokens are names of the table below.
class Tokens final : public Authenticator {
public:
    Task<Result<Caller>> authenticate(std::string bearer_token) override;
    std::map<std::string, Caller> callers;
};

// A limiter that is unavailable.
class BrokenLimiter final : public RateLimiter {
public:
    bool throws_a_number = false;

private:
    Task<RateDecision> take_by(std::string_view, unsigned, std::chrono::seconds, Deadline) override;
};

struct Ask {
    http::Method method = http::Method::get;
    std::string path;  // without the prefix
    std::string body{};
    std::string token{};  // "" sends none
    http::Headers headers{};
    std::string query{};
};

// The equivalent of one server thread.
class NotebookServer {
public:
    NotebookServer();

    http::Response ask(Ask wanted) { return ::safargo::testing::run(answer(std::move(wanted))); }
    Task<http::Response> answer(Ask wanted);
    // POST /notes with JSON.
    http::Response write(std::string body, std::string key = {}, std::string token = "user");
    static Ask writing(std::string body, std::string key = {}, std::string token = "user");

    std::int64_t notes();  // rows in the table
    std::int64_t keys();   // stored answers
    bool finished();       // of the only stored answer
    std::string row();     // the only stored answer, as raw table text

    ::safargo::testing::TestDatabase database;
    FakeClock clock{parse_instant("2026-12-03T07:00:00Z").value()};
    local::InProcessRateLimiter limiter{clock};
    Tokens tokens;
    Notebook notebook{database.db()};
    int commits = 0;
    Runtime runtime{.database = database.db(),
                    .authenticator = tokens,
                    .limiter = limiter,
                    .clock = clock,
                    .committed = [this] { ++commits; },
                    .rate_limit_per_user = 1'000,
                    .answers = Answers(crypto::KeyRing("secret-of-these-tests").derive("idempotency"))};
    http::Router router;
    Endpoints endpoints{router, runtime};

private:
    std::int64_t number(const db::Statement& statement);
};

// The value of "name":… in flat JSON text; "" if it is missing.
std::string field(const http::Response& response, std::string_view name);

}  // namespace safargo::api::testing
