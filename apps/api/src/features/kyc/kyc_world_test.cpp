#include "features/kyc/kyc_world_test.hpp"

#include <stdexcept>

namespace safargo::kyc::test {

Caller KycWorld::add_moderator(std::string_view name, std::string_view phone) {
    Caller caller = add_user(name, phone);
    execute("update users set role = 'moderator' where id = '{}'", caller.id.str());
    caller.role = Role::moderator;
    return caller;
}

UploadId KycWorld::finished(const Caller& owner, std::string_view purpose) {
    const UploadId id = UploadId::make(clock.now());
    execute(
        "insert into pictures (id, owner_id, purpose, width, height, created_at) values ('{}', '{}', '{}', 1280, 960, "
        "now())",
        id.str(), owner.id.str(), purpose);
    return id;
}

SendDocument KycWorld::wanted(const Caller& owner, DocumentType type, std::optional<std::string_view> expires_on) {
    const bool must_expire = type == DocumentType::driver_license || type == DocumentType::insurance;
    if (!expires_on && must_expire) expires_on = far_day;
    return {type, finished(owner), expires_on.transform(day)};
}

Task<Result<DocumentView>> KycWorld::try_send(Caller caller, SendDocument what) {
    return database.db().transact<DocumentView>(
        [this, caller, what](db::Transaction& tx) { return own.send(tx, caller, what); });
}

Task<Result<DocumentFile>> KycWorld::try_approve(Caller by, KycDocumentId id, std::optional<users::Gender> gender) {
    return database.db().transact<DocumentFile>(
        [this, by, id, gender](db::Transaction& tx) { return reviewing.approve(tx, by, id, {gender}); });
}

Task<Result<DocumentFile>> KycWorld::try_reject(Caller by, KycDocumentId id, RejectionReason reason,
                                                std::optional<std::string> note) {
    RejectDocument what{reason, std::nullopt};
    if (note) what.note = Line<300>::parse(*note).value();
    return database.db().transact<DocumentFile>(
        [this, by, id, what](db::Transaction& tx) { return reviewing.reject(tx, by, id, what); });
}

KycDocumentId KycWorld::in_state(DocumentStatus status, const Caller& owner, DocumentType type,
                                 std::optional<std::string_view> expires_on) {
    const KycDocumentId id = send(owner, type, expires_on).value().id;
    if (status == DocumentStatus::pending) return id;
    EXPECT_EQ(outcome(look(moderator, id)), "done");
    if (status == DocumentStatus::rejected) EXPECT_EQ(outcome(reject(id)), "done");
    if (status == DocumentStatus::approved) {
        const bool card = type == DocumentType::id_card;
        const auto done = approve(id, card ? std::optional(users::Gender::female) : std::nullopt);
        EXPECT_EQ(outcome(done), "done");
    }
    return id;
}

void KycWorld::approve_all(const Caller& owner) {
    using enum DocumentType;
    for (const DocumentType type : {id_card, profile_photo, driver_license, vehicle_registration, insurance}) {
        prove(owner, type);
    }
}

std::string KycWorld::text(std::string_view sql) {
    const std::string whole = fmt::format("select coalesce(({})::text, 'none')", sql);
    const db::Statement statement{"test_text", whole.c_str()};
    return run(database.db().query(statement))[0].get<std::string>(0);
}

std::string KycWorld::status_of(KycDocumentId id) {
    return text(fmt::format(
        "select case when replaced_at is null then status else 'replaced' end from kyc_documents where id = '{}'",
        id.str()));
}

std::string KycWorld::picture_of(KycDocumentId id) {
    return text(fmt::format("select picture_id from kyc_documents where id = '{}'", id.str()));
}

bool KycWorld::is_discarded(const std::string& picture) {
    return text(fmt::format("select discarded_at is not null from pictures where id = '{}'", picture)) == "true";
}

std::string KycWorld::logged(std::string_view action) {
    return text(
        fmt::format("select string_agg(concat_ws(' ', actor, subject, detail::text), E'\\n' order by at, id) from "
                    "audit_log where action = '{}'",
                    action));
}

std::string KycWorld::told() {
    return text("select string_agg(payload::jsonb->>'what', ' ' order by id) from outbox where kind = 'kyc.changed'");
}

std::string KycWorld::text_of(const Error& error) {
    std::string text(info(error.code).name);
    if (error.reason) text += ' ' + std::string(name(error.reason->rule));
    for (const FieldError& field : error.fields)
        text += ' ' + field.field + ' ' + std::string(name(field.violation.rule));
    return text;
}

}  // namespace safargo::kyc::test
