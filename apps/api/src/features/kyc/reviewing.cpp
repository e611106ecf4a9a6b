#include "features/kyc/reviewing.hpp"

#include "api/page.hpp"
#include "contract/json.hpp"
#include "db/outbox.hpp"
#include "features/admin/service.hpp"
#include "features/kyc/limits.hpp"
#include "features/kyc/rules.hpp"
#include "features/users/service.hpp"

#include <utility>

namespace safargo::kyc {
namespace {

using contract::enum_name;

// The details of the audit log.
struct AuditedReading {
    UserId user_id;
    DocumentType type;
    std::string ip;
};
BOOST_DESCRIBE_STRUCT(AuditedReading, (), (user_id, type, ip))

// Not the note, nor the gender: the log outlives the account.
struct AuditedDecision {
    UserId user_id;
    DocumentType type;
    DocumentStatus before, after;
    std::optional<RejectionReason> reason;
};
BOOST_DESCRIBE_STRUCT(AuditedDecision, (), (user_id, type, before, after, reason))

std::optional<Error> refuse_reviewer(const Caller& caller, const Document& document) {
    if (!caller.moderates()) return Error{.code = Code::forbidden};
    if (document.user != caller.id) return std::nullopt;
    return Error{.code = Code::forbidden, .reason = Violation{Rule::own_document}};
}

std::string question_of(const ListDocuments& wanted) {
    std::string question = "kyc ";
    question += wanted.status ? enum_name(*wanted.status) : "waiting";
    question += ' ';
    question += wanted.type ? enum_name(*wanted.type) : "all";
    return question;
}

}  // namespace

Task<Result<DocumentPage>> Reviewing::list(Caller caller, ListDocuments wanted) {
    if (!caller.moderates()) co_return fail(Code::forbidden);
    const auto asked = api::PageRequest::of(cursors_, question_of(wanted), wanted);
    if (!asked) co_return std::unexpected(asked.error());
    const KycDocumentId after = asked->position() ? KycDocumentId::parse(*asked->position()).value() : KycDocumentId{};
    DocumentPage page{co_await rows_.list_files(database_, std::move(wanted), after, asked->rows()), std::nullopt};
    page.next_cursor = asked->cut(page.items, [](const auto& file) { return file.id.str(); });
    co_return page;
}

Task<Result<DocumentFile>> Reviewing::show(Caller caller, KycDocumentId id) {
    if (!caller.moderates()) co_return fail(Code::forbidden);
    auto file = co_await rows_.find_file(database_, id);
    if (!file) co_return fail(Code::not_found);
    co_return std::move(*file);
}

Task<Result<SignedPicture>> Reviewing::read(Caller caller, KycDocumentId id, std::string client_ip) {
    const auto picture = co_await database_.transact<PictureId>(
        [&](db::Transaction& tx) { return begin_reading(tx, caller, id, client_ip); });
    if (!picture) co_return std::unexpected(picture.error());
    const Instant expires_at = clock_.now() + picture_is_readable;
    auto url = co_await pictures_.sign(*picture, picture_is_readable);
    if (!url) co_return std::unexpected(std::move(url.error()));
    co_return SignedPicture{std::move(*url), expires_at};
}

Task<Result<PictureId>> Reviewing::begin_reading(db::Transaction& tx, Caller caller, KycDocumentId id,
                                                 std::string client_ip) {
    const auto document = co_await rows_.lock(tx, id);
    if (!document) co_return fail(Code::not_found);
    if (auto refused = refuse_reviewer(caller, *document)) co_return fail(std::move(*refused));
    if (!document->picture) co_return fail(Code::picture_purged);
    const Instant now = clock_.now();
    co_await rows_.begin_review(tx, id, caller.id, now);
    co_await admin::audit(
        tx,
        {.actor = caller.id.str(),
         .action = "kyc.read",
         .subject = id.str(),
         .detail = contract::to_json(AuditedReading{document->user, document->type, std::move(client_ip)})},
        now);
    co_return *document->picture;
}

// The profile's lock comes first, hence the person is looked up without one.
Task<Result<Document>> Reviewing::lock_to_decide(db::Transaction& tx, Caller caller, KycDocumentId id) {
    const auto seen = co_await rows_.find(tx, id);
    if (!seen) co_return fail(Code::not_found);
    if (auto refused = refuse_reviewer(caller, *seen)) co_return fail(std::move(*refused));
    if (co_await users::lock_profile(tx, seen->user) == AccountStatus::deleted) co_return fail(Code::not_found);
    auto document = co_await rows_.lock(tx, id);
    if (!document) co_return fail(Code::not_found);
    co_return std::move(*document);
}

Task<Result<DocumentFile>> Reviewing::approve(db::Transaction& tx, Caller caller, KycDocumentId id,
                                              ApproveDocument wanted) {
    auto document = co_await lock_to_decide(tx, caller, id);
    if (!document) co_return std::unexpected(std::move(document.error()));
    const auto status = next_status(document->status, Action::approve);
    if (!status) co_return std::unexpected(status.error());
    if (auto refused = refuse_gender(document->type, wanted.gender)) {
        co_return fail(std::move(refused->field), std::move(refused->violation));
    }
    const Instant now = clock_.now();
    if (refuse_expiry(document->type, document->expires_on, LocalDate::of(now))) co_return fail(Code::document_expired);

    const DocumentStatus before = std::exchange(document->status, *status);
    document->decided_by = caller.id;
    document->decided_at = now;
    co_await retire_predecessor(tx, *document, now);
    co_await rows_.decide(tx, *document);
    if (wanted.gender) co_await users::confirm_gender(tx, document->user, *wanted.gender, now);
    const DocumentNews what = co_await credit(tx, document->user, now);
    co_return co_await conclude(tx, before, std::move(*document), what);
}

Task<Result<DocumentFile>> Reviewing::reject(db::Transaction& tx, Caller caller, KycDocumentId id,
                                             RejectDocument wanted) {
    if (wanted.reason == RejectionReason::other && !wanted.note) co_return fail("note", {Rule::required});
    auto document = co_await lock_to_decide(tx, caller, id);
    if (!document) co_return std::unexpected(std::move(document.error()));
    const auto status = next_status(document->status, Action::reject);
    if (!status) co_return std::unexpected(status.error());
    const DocumentStatus before = std::exchange(document->status, *status);
    document->reason = wanted.reason;
    if (wanted.note) document->note = wanted.note->str();
    document->decided_by = caller.id;
    document->decided_at = clock_.now();
    co_await rows_.decide(tx, *document);
    co_return co_await conclude(tx, before, std::move(*document), DocumentNews::rejected);
}

// The approved one that this one renews.
Task<void> Reviewing::retire_predecessor(db::Transaction& tx, const Document& approved, Instant now) {
    const std::vector<Document> current = co_await rows_.list_current(tx, approved.user);
    for (const Document& other : current) {
        if (other.type != approved.type || other.id == approved.id) continue;
        const auto locked = co_await rows_.lock(tx, other.id);
        if (!locked) continue;
        co_await rows_.replace(tx, locked->id, now);
        if (locked->picture) co_await media::discard(tx, {*locked->picture}, now);
    }
}

// Writes to the account what its documents now prove, and tells what is new.
Task<DocumentNews> Reviewing::credit(db::Transaction& tx, UserId user, Instant now) {
    const users::Verification before = co_await users::find_verification(tx, user);
    const Standing after = standing_of(co_await rows_.list_current(tx, user), before.identity);
    co_await users::verify(tx, user, {after.identity_verified, after.valid_until}, now);
    const LocalDate today = LocalDate::of(now);
    const bool could = before.documents_valid_until && *before.documents_valid_until >= today;
    if (!could && after.valid_until && *after.valid_until >= today) co_return DocumentNews::may_publish;
    if (!before.identity && after.identity_verified) co_return DocumentNews::identity_verified;
    co_return DocumentNews::approved;
}

Task<Result<DocumentFile>> Reviewing::conclude(db::Transaction& tx, DocumentStatus before, Document decided,
                                               DocumentNews what) {
    const Instant now = *decided.decided_at;
    co_await admin::audit(tx,
                          {.actor = decided.decided_by->str(),
                           .action = decided.status == DocumentStatus::approved ? "kyc.approved" : "kyc.rejected",
                           .subject = decided.id.str(),
                           .detail = contract::to_json(
                               AuditedDecision{decided.user, decided.type, before, decided.status, decided.reason})},
                          now);
    db::publish(
        tx, kyc_changed,
        {.ordering_key = "kyc:" + decided.user.str(), .payload = contract::to_json(DocumentChanged{decided.id, what})},
        now, now);
    co_return (co_await rows_.find_file(tx, decided.id)).value();
}

}  // namespace safargo::kyc
