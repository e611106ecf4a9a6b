#include "features/media/media_world_test.hpp"

#include "contract/json.hpp"
#include "features/media/events.hpp"

namespace safargo::media::test {

Task<Result<PictureSet>> FakeProcessor::process(std::string file, std::string content_type,
                                                std::chrono::steady_clock::time_point) {
    files.push_back(std::move(file));
    types.push_back(std::move(content_type));
    if (arrival != nullptr) co_await arrival->pass();
    if (gate != nullptr) co_await gate->pass();
    if (unavailable) throw DependencyUnavailable("pictures", "too many wait");
    if (refuses) co_return fail(Error{.code = Code::picture_refused, .reason = refuses});
    co_return PictureSet{.small = "s", .medium = "m", .large = "l", .width = 1280, .height = 960};
}

MediaWorld::MediaWorld() = default;

Caller MediaWorld::add_user(Role role) {
    const Caller caller{.id = UserId::make(clock.now()), .role = role};
    execute("insert into users (id, phone, name, created_at) values ('{}', '+21355000000{}', 'Somebody', now())",
            caller.id.str(), ++people_);
    return caller;
}

Result<PermittedUpload> MediaWorld::ask(const Caller& caller, Purpose purpose, std::string_view type,
                                        std::int64_t bytes) {
    const AskUpload wanted{purpose, PictureType::parse(type).value(), Bounded<1, largest_upload>::from(bytes).value()};
    return run(database.db().transact<PermittedUpload>(
        [&](db::Transaction& tx) { return permits.permit(tx, caller, wanted); }));
}

UploadId MediaWorld::permitted(const Caller& caller, Purpose purpose) {
    return ask(caller, purpose).value().id;
}

int MediaWorld::send(const PermittedUpload& upload, std::string file) {
    return store.post(upload.fields.all, std::move(file), clock.now());
}

UploadId MediaWorld::sent(const Caller& caller, Purpose purpose) {
    const PermittedUpload upload = ask(caller, purpose).value();
    EXPECT_EQ(send(upload), 204);
    return upload.id;
}

UploadId MediaWorld::finished(const Caller& caller, Purpose purpose) {
    const UploadId id = sent(caller, purpose);
    EXPECT_TRUE(finish(caller, id).has_value());
    return id;
}

Result<ClaimedPicture> MediaWorld::claim(const Caller& caller, UploadId id, Purpose purpose) {
    return run(database.db().transact<ClaimedPicture>(
        [&](db::Transaction& tx) { return media::claim(tx, caller.id, id, purpose, clock.now()); }));
}

namespace {

Task<Result<Nothing>> discard_one(db::Transaction& tx, PictureId picture, Instant now) {
    co_await media::discard(tx, {picture}, now);
    co_return Nothing{};
}

}  // namespace

void MediaWorld::discard(PictureId picture) {
    const auto done = run(
        database.db().transact<Nothing>([&](db::Transaction& tx) { return discard_one(tx, picture, clock.now()); }));
    EXPECT_TRUE(done.has_value());
}

void MediaWorld::deliver() {
    static constexpr db::Statement waiting{"test_waiting", R"(
        update outbox set sent_at = now() where sent_at is null and kind = 'picture.discarded' returning payload)"};
    const db::Rows rows = run(database.db().query(waiting));
    const db::Subscription subscription = sweeping.subscription();
    for (const db::Row row : rows) {
        const db::OutboxMessage message{.kind = picture_discarded, .payload = row.get<std::string>(0)};
        run((*subscription.handler_of(picture_discarded))(message));
    }
}

std::int64_t MediaWorld::count(std::string_view from) {
    const std::string sql = fmt::format("select count(*) from {}", from);
    return run(database.db().query(db::Statement{"", sql}))[0].get<std::int64_t>(0);
}

std::string MediaWorld::state_of(UploadId id) {
    static constexpr db::Statement find{"test_state", "select state from uploads where id = $1"};
    const db::Rows rows = run(database.db().query(find, id));
    return rows.empty() ? "" : rows[0].get<std::string>(0);
}

std::string MediaWorld::text_of(const Error& error) {
    const std::string code(info(error.code).name);
    if (error.reason) return code + ' ' + std::string(name(error.reason->rule));
    if (!error.fields.empty()) return code + ' ' + error.fields.front().field;
    return code;
}

}  // namespace safargo::media::test
