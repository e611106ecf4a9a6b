#include "api/notebook_world_test.hpp"

#include "core/failures.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <stdexcept>

namespace safargo::api::testing {
namespace {

constexpr db::Statement insert_note{"note_insert", R"(
    insert into notes (owner, text) values ($1, $2) returning id, text, version)"};
constexpr db::Statement lock_note{"note_lock", "select version from notes where id = $1 for update"};
constexpr db::Statement update_note{"note_update", R"(
    update notes set text = $2, version = version + 1 where id = $1 returning id, text, version)"};
constexpr db::Statement find_note{"note_find", "select id, text, version from notes where id = $1"};
constexpr db::Statement delete_note{"note_delete", "delete from notes where id = $1"};
constexpr db::Statement list_notes{"note_list", R"(
    select id, text, version from notes where ($1::text is null or position($1 in text) > 0)
    and ($2::uuid is null or owner = $2) order by id limit $3)"};
constexpr db::Statement count_notes{"note_count", "select count(*) from notes"};
constexpr db::Statement count_keys{"key_count", "select count(*) from idempotency_keys"};
constexpr db::Statement count_finished{"key_finished", "select count(*) from idempotency_keys where finished"};
constexpr db::Statement insert_user{"note_user", R"(
    insert into users (id, phone, name, created_at) values ($1, $2, 'Somebody', $3))"};

NoteView note_from(const db::Row& row) {
    return {row.get<std::int64_t>(0), row.get<std::string>(1), row.get<std::int64_t>(2)};
}

NoteList list_from(const db::Rows& rows, std::string reader) {
    NoteList list{.items = {}, .reader = std::move(reader)};
    for (const db::Row row : rows) list.items.push_back(note_from(row));
    return list;
}

}  // namespace

Task<Result<NoteView>> Notebook::write(db::Transaction& tx, Caller caller, WriteNote wanted) {
    ++written;
    tx.after_commit([this] { ++followed; });
    const db::Rows rows = co_await tx.query(insert_note, caller.id, wanted.text.str());
    co_return co_await obey(note_from(rows[0]));
}

Task<Result<NoteView>> Notebook::obey(NoteView note) {
    if (note.text == "wait") {
        co_await arrival->pass();
        co_await gate->pass();
    }
    if (note.text == "throw") throw std::runtime_error("broken on purpose");
    if (note.text == "refuse") co_return fail(Code::trip_full);
    if (note.text == "keep") co_return fail(Error{.code = Code::boarding_code_invalid, .keeps_effects = true});
    if (note.text == "busy") co_return fail(Error{.code = Code::rate_limited, .retry_after = Seconds{9}});
    if (note.text == "down") co_return fail(Code::feature_unavailable);
    co_return note;
}

Task<Result<NoteView>> Notebook::edit(db::Transaction& tx, NoteId id, IfMatch if_match, WriteNote wanted) {
    const db::Rows locked = co_await tx.query(lock_note, id.value());
    if (locked.empty() || !if_match.matches(locked[0].get<std::int64_t>(0))) co_return fail(Code::precondition_failed);
    const db::Rows rows = co_await tx.query(update_note, id.value(), wanted.text.str());
    co_return note_from(rows[0]);
}

Task<Result<NoteView>> Notebook::find(NoteId id) {
    const db::Rows rows = co_await database_.query(find_note, id.value());
    if (rows.empty()) co_return fail(Code::not_found);
    co_return note_from(rows[0]);
}

Task<Result<Nothing>> Notebook::archive(db::Transaction& tx, NoteId id) {
    const db::Rows rows = co_await tx.query(delete_note, id.value());
    if (rows.affected() == 0) co_return fail(Code::not_found);
    co_return Nothing{};
}

Task<Result<NoteList>> Notebook::list(std::optional<Caller> caller, FindNotes wanted) {
    std::optional<std::string> containing;
    if (wanted.containing) containing = wanted.containing->str();
    const std::int64_t limit = wanted.limit ? wanted.limit->value() : 10;
    const db::Rows rows = co_await database_.query(list_notes, containing, std::optional<UserId>{}, limit);
    co_return list_from(rows, caller ? caller->id.str() : std::string());
}

Task<Result<NoteList>> Notebook::mine(Caller caller, RequestContext context) {
    const db::Rows rows =
        co_await database_.query(list_notes, std::optional<std::string>{}, std::optional(caller.id), std::int64_t{10});
    co_return list_from(rows, std::string(code(context.language)));
}

Task<Result<NoteView>> Notebook::polish(Caller, NoteView written_note) {
    if (after_commit == "wait") {
        co_await arrival->pass();
        co_await gate->pass();
    }
    if (after_commit == "throw") throw std::runtime_error("broken on purpose");
    if (after_commit == "number") throw 42;
    if (after_commit == "down") throw DependencyUnavailable("printer", "out of paper");
    if (after_commit == "refuse") co_return fail(Code::payment_declined);
    written_note.text += ", polished";
    co_return written_note;
}

void add_routes(Endpoints& endpoints, Notebook& notebook) {
    const auto write = [&notebook](db::Transaction& tx, const Caller& caller, const WriteNote& wanted) {
        return notebook.write(tx, caller, wanted);
    };
    endpoints.post("/notes", "Write").idempotent().body<WriteNote>().returns<NoteView>(201).handle(write);
    endpoints.post("/polished", "Write, then polish")
        .idempotent()
        .body<WriteNote>()
        .returns<NoteView>(201)
        .then([](const NoteView& view) { return view.text != "shining"; },
              [&notebook](const Caller& caller, const NoteView& view) { return notebook.polish(caller, view); })
        .handle(write);
    endpoints.post("/journal", "As a driver")
        .only(Access::driver)
        .body<WriteNote>()
        .returns<NoteView>(201)
        .handle(write);
    endpoints.post("/notices", "As a moderator")
        .only(Access::moderator)
        .body<WriteNote>()
        .returns<NoteView>()
        .handle(write);
    endpoints.post("/laws", "As an admin").only(Access::admin).body<WriteNote>().returns<NoteView>().handle(write);
    endpoints.post("/auth/notes", "Act although suspended").body<WriteNote>().returns<NoteView>().handle(write);
    endpoints.get("/notes", "All")
        .query<FindNotes>()
        .returns<NoteList>()
        .handle([&notebook](const std::optional<Caller>& caller, const FindNotes& wanted) {
            return notebook.list(caller, wanted);
        });
    endpoints.get("/notes/mine", "Mine")
        .etag()
        .returns<NoteList>()
        .handle([&notebook](const Caller& caller, const RequestContext& context) {
            return notebook.mine(caller, context);
        });
    endpoints.get("/notes/{id}", "One").path<NoteId>("id").returns<NoteView>().handle([&notebook](const NoteId& id) {
        return notebook.find(id);
    });
    endpoints.patch("/notes/{id}", "Edit")
        .path<NoteId>("id")
        .body<WriteNote>()
        .returns<NoteView>()
        .handle([&notebook](db::Transaction& tx, const Caller&, const NoteId& id, const IfMatch& if_match,
                            const WriteNote& wanted) { return notebook.edit(tx, id, if_match, wanted); });
    endpoints.post("/notes/{id}/archive", "Archive")
        .idempotent()
        .path<NoteId>("id")
        .handle([&notebook](db::Transaction& tx, const Caller&, const NoteId& id) { return notebook.archive(tx, id); });
}

Task<Result<Caller>> Tokens::authenticate(std::string bearer_token) {
    const auto found = callers.find(bearer_token);
    if (found == callers.end()) co_return fail(Code::unauthenticated);
    co_return found->second;
}

Task<RateDecision> BrokenLimiter::take_by(std::string_view, unsigned, std::chrono::seconds, Deadline) {
    if (throws_a_number) throw 42;
    throw DependencyUnavailable("limiter", "down");
    co_return RateDecision{};
}

NotebookServer::NotebookServer() {
    database.execute(
        "create table notes (id bigint generated always as identity primary key, owner uuid not null, text text not "
        "null, version bigint not null default 1)");
    const auto add = [&](const std::string& token, Role role, AccountStatus status = AccountStatus::active) {
        const UserId id = UserId::make(clock.now());
        ::safargo::testing::run(
            database.db().query(insert_user, id, "+21355000000" + std::to_string(tokens.callers.size()), clock.now()));
        tokens.callers[token] = Caller{id, SessionId::make(clock.now()), role, status};
    };
    add("user", Role::user);
    add("other", Role::user);
    add("driver", Role::driver);
    add("moderator", Role::moderator);
    add("admin", Role::admin);
    add("suspended", Role::admin, AccountStatus::suspended);
    add_routes(endpoints, notebook);
}

Task<http::Response> NotebookServer::answer(Ask wanted) {
    http::Request request;
    request.method = wanted.method;
    request.path = std::string(prefix) + wanted.path;
    request.query = std::move(wanted.query);
    request.body = std::move(wanted.body);
    request.headers = std::move(wanted.headers);
    request.context.language = Language::en;
    request.context.request_id = "request-1";
    if (!wanted.token.empty()) request.headers.emplace_back("Authorization", "Bearer " + wanted.token);
    http::Match match = router.match(request.method, request.path);
    if (match.route == nullptr) throw std::logic_error("no route for " + request.path);
    request.params = std::move(match.params);
    co_return co_await match.route->handler(request);
}

Ask NotebookServer::writing(std::string body, std::string key, std::string token) {
    Ask ask{.method = http::Method::post, .path = "/notes", .body = std::move(body), .token = std::move(token)};
    ask.headers.emplace_back("Content-Type", "application/json");
    if (!key.empty()) ask.headers.emplace_back("Idempotency-Key", std::move(key));
    return ask;
}

http::Response NotebookServer::write(std::string body, std::string key, std::string token) {
    return ask(writing(std::move(body), std::move(key), std::move(token)));
}

std::int64_t NotebookServer::number(const db::Statement& statement) {
    return ::safargo::testing::run(database.db().query(statement))[0].get<std::int64_t>(0);
}

std::int64_t NotebookServer::notes() {
    return number(count_notes);
}
std::int64_t NotebookServer::keys() {
    return number(count_keys);
}
bool NotebookServer::finished() {
    return keys() == 1 && number(count_finished) == 1;
}

std::string NotebookServer::row() {
    constexpr db::Statement read{"test_row", "select idempotency_keys::text from idempotency_keys"};
    return ::safargo::testing::run(database.db().query(read))[0].get<std::string>(0);
}

std::string field(const http::Response& response, std::string_view name) {
    const boost::json::value parsed = boost::json::parse(response.body);
    const boost::json::value* found = parsed.as_object().if_contains(name);
    if (found == nullptr) return {};
    return found->is_string() ? std::string(found->as_string()) : boost::json::serialize(*found);
}

}  // namespace safargo::api::testing
