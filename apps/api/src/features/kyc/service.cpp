#include "features/kyc/service.hpp"

#include "features/kyc/limits.hpp"
#include "features/kyc/rules.hpp"
#include "features/media/service.hpp"
#include "features/users/service.hpp"

#include <utility>

namespace safargo::kyc {
namespace {

// The account may have been deleted or suspended since the caller was authenticated.
std::optional<Code> refuse_account(AccountStatus status) {
    if (status == AccountStatus::active) return std::nullopt;
    return status == AccountStatus::suspended ? Code::account_suspended : Code::unauthenticated;
}

DocumentView view_of(const Document& document) {
    return {.id = document.id,
            .type = document.type,
            .status = document.status,
            .reason = document.reason,
            .reason_text = document.reason.transform([](RejectionReason reason) { return ReasonText{reason}; }),
            .note = document.note,
            .expires_on = document.expires_on,
            .created_at = document.created_at,
            .decided_at = document.decided_at};
}

}  // namespace

Task<Result<DocumentView>> OwnDocuments::send(db::Transaction& tx, Caller caller, SendDocument wanted) {
    const Instant now = clock_.now();
    if (auto refused = refuse_expiry(wanted.type, wanted.expires_on, LocalDate::of(now))) {
        co_return fail(std::move(refused->field), std::move(refused->violation));
    }
    if (const auto refused = refuse_account(co_await users::lock_profile(tx, caller.id))) co_return fail(*refused);
    if (auto room = co_await make_room(tx, caller.id, wanted.type, now); !room) {
        co_return std::unexpected(std::move(room.error()));
    }
    const auto picture = co_await media::claim(tx, caller.id, wanted.upload_id, media::Purpose::kyc_document, now);
    if (!picture) co_return std::unexpected(picture.error());
    const Document document{.id = KycDocumentId::make(now),
                            .user = caller.id,
                            .type = wanted.type,
                            .picture = picture->id,
                            .expires_on = wanted.expires_on,
                            .created_at = now};
    co_await rows_.insert(tx, document);
    co_return view_of(document);
}

Task<Result<Nothing>> OwnDocuments::make_room(db::Transaction& tx, UserId user, DocumentType type, Instant now) {
    const auto sent = co_await rows_.count_since(tx, user, now - std::chrono::hours{24});
    if (sent >= most_documents_a_day) {
        const Violation limit{Rule::most_documents_a_day, std::to_string(most_documents_a_day)};
        co_return fail(Error{.code = Code::too_many_documents, .reason = limit});
    }
    for (const Document& before : co_await rows_.list_current(tx, user)) {
        if (before.type != type || before.status == DocumentStatus::approved) continue;
        // Its lock: a moderator may be about to read it.
        const auto locked = co_await rows_.lock(tx, before.id);
        if (!locked) continue;
        if (locked->status == DocumentStatus::under_review) co_return fail(Code::document_under_review);
        co_await rows_.replace(tx, locked->id, now);
        if (locked->picture) co_await media::discard(tx, {*locked->picture}, now);
    }
    co_return Nothing{};
}

Task<Result<MyDocuments>> OwnDocuments::list(Caller caller) {
    const auto documents = co_await rows_.list_current(database_, caller.id);
    const auto proven = co_await users::find_verification(database_, caller.id);
    const LocalDate today = LocalDate::of(clock_.now());
    MyDocuments mine{.documents = {},
                     .identity_verified = proven.identity,
                     .may_publish = proven.documents_valid_until && *proven.documents_valid_until >= today,
                     .valid_until = proven.documents_valid_until,
                     .missing = {}};
    for (const Document& document : documents) mine.documents.push_back(view_of(document));
    if (!mine.may_publish) mine.missing = missing_of(documents, proven.identity, today);
    co_return mine;
}

}  // namespace safargo::kyc
