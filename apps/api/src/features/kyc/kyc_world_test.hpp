// For tests of documents: people with finished uploads, a store in memory, and two moderators.
#pragma once

#include "features/kyc/deadlines.hpp"
#include "features/kyc/limits.hpp"
#include "features/kyc/reviewing.hpp"
#include "features/kyc/service.hpp"
#include "features/users/users_world_test.hpp"
#include "testing/memory_object_store.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::kyc::test {

using namespace std::chrono_literals;
using testing::run;
using testing::run_all;

inline constexpr std::string_view far_day = "2030-06-30";

inline LocalDate day(std::string_view text) {
    return LocalDate::parse(text).value();
}

class KycWorld : public users::test::UsersWorld {
protected:
    Caller add_moderator(std::string_view name, std::string_view phone);

    // Of a document, without its file.
    UploadId finished(const Caller& owner, std::string_view purpose = "kyc_document");

    // With the last day that its type needs, unless one is given.
    SendDocument wanted(const Caller& owner, DocumentType type, std::optional<std::string_view> expires_on = {});
    Task<Result<DocumentView>> try_send(Caller caller, SendDocument what);
    Result<DocumentView> send(const Caller& caller, DocumentType type,
                              std::optional<std::string_view> expires_on = {}) {
        return run(try_send(caller, wanted(caller, type, expires_on)));
    }
    MyDocuments mine(const Caller& caller) { return run(own.list(caller)).value(); }

    Result<SignedPicture> look(const Caller& by, KycDocumentId id) { return run(reviewing.read(by, id, "10.0.0.7")); }
    // Of an identity card always with a gender.
    Task<Result<DocumentFile>> try_approve(Caller by, KycDocumentId id,
                                           std::optional<users::Gender> gender = std::nullopt);
    Task<Result<DocumentFile>> try_reject(Caller by, KycDocumentId id,
                                          RejectionReason reason = RejectionReason::unreadable,
                                          std::optional<std::string> note = std::nullopt);
    Result<DocumentFile> approve(KycDocumentId id, std::optional<users::Gender> gender = std::nullopt) {
        return run(try_approve(moderator, id, gender));
    }
    Result<DocumentFile> reject(KycDocumentId id) { return run(try_reject(moderator, id)); }

    // Sent, and brought to this state.
    KycDocumentId in_state(DocumentStatus status, const Caller& owner, DocumentType type = DocumentType::insurance,
                           std::optional<std::string_view> expires_on = {});
    // Sent and approved.
    KycDocumentId prove(const Caller& owner, DocumentType type, std::optional<std::string_view> expires_on = {}) {
        return in_state(DocumentStatus::approved, owner, type, expires_on);
    }
    // All that publishing needs.
    void approve_all(const Caller& owner);

    std::string status_of(KycDocumentId id);  // "replaced" if it is not current, "none" if there is no row
    std::string picture_of(KycDocumentId id);
    bool is_discarded(const std::string& picture);
    std::string logged(std::string_view action);  // "actor subject detail" per line, oldest first
    std::string told();                           // the news so far: "what what"

    // "code", "code rule" of its reason, or "code field rule".
    static std::string text_of(const Error& error);
    template <class T>
    static std::string outcome(const Result<T>& result) {
        return result ? "done" : text_of(result.error());
    }

    testing::MemoryObjectStore store;
    media::PrivatePictures pictures{&store, clock};
    api::CursorSigner cursors{"0123456789abcdef0123456789abcdef"};
    OwnDocuments own{database.db(), clock};
    Reviewing reviewing{database.db(), clock, pictures, cursors};
    Deadlines deadlines{database.db()};
    Caller amel = add_user("Amel Haddad", "+213550000001"), badis = add_user("Badis Kaci", "+213550000002");
    Caller moderator = add_moderator("Meriem Said", "+213550000008"),
           colleague = add_moderator("Chafik Amrani", "+213550000009");

private:
    std::string text(std::string_view sql);
};

}  // namespace safargo::kyc::test
