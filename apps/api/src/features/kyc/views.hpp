// Documents as their owner and as moderators see them. Never with an address of their picture: that is signed for each
// reading.
#pragma once

#include "contract/person_name.hpp"
#include "features/kyc/types.hpp"

#include <string>
#include <vector>

namespace safargo::kyc {

// The reason in the reader's language.
struct ReasonText {
    RejectionReason reason;
};

struct DocumentView {
    KycDocumentId id;
    DocumentType type;
    DocumentStatus status;
    std::optional<RejectionReason> reason;
    std::optional<ReasonText> reason_text;
    std::optional<std::string> note;
    std::optional<LocalDate> expires_on;
    Instant created_at;
    std::optional<Instant> decided_at;
};
BOOST_DESCRIBE_STRUCT(DocumentView, (),
                      (id, type, status, reason, reason_text, note, expires_on, created_at, decided_at))

enum class MissingBecause { not_sent, in_review, rejected, expired };
BOOST_DESCRIBE_ENUM(MissingBecause, not_sent, in_review, rejected, expired)

struct MissingDocument {
    DocumentType type;
    MissingBecause because;
    bool operator==(const MissingDocument&) const = default;
};
BOOST_DESCRIBE_STRUCT(MissingDocument, (), (type, because))

// GET /kyc/documents
struct MyDocuments {
    std::vector<DocumentView> documents;
    bool identity_verified;
    bool may_publish;
    std::optional<LocalDate> valid_until;  // the last day on which all that publishing needs is valid
    std::vector<MissingDocument> missing;  // for publishing; empty if they may
};
BOOST_DESCRIBE_STRUCT(MyDocuments, (), (documents, identity_verified, may_publish, valid_until, missing))

// For moderators.
struct DocumentFile {
    KycDocumentId id;
    UserId user_id;
    PersonName name;  // in full, to be compared with the document
    DocumentType type;
    DocumentStatus status;
    bool has_picture;
    std::optional<LocalDate> expires_on;
    std::optional<RejectionReason> reason;
    std::optional<std::string> note;
    Instant created_at;
    std::optional<Instant> reviewed_at, decided_at;
    std::optional<UserId> decided_by;
};
BOOST_DESCRIBE_STRUCT(DocumentFile, (),
                      (id, user_id, name, type, status, has_picture, expires_on, reason, note, created_at, reviewed_at,
                       decided_at, decided_by))

struct DocumentPage {
    std::vector<DocumentFile> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(DocumentPage, (), (items, next_cursor))

// GET /admin/kyc/{id}/picture
struct SignedPicture {
    std::string url;
    Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(SignedPicture, (), (url, expires_at))

}  // namespace safargo::kyc

namespace safargo::contract {

template <>
struct Codec<kyc::ReasonText> {
    static void print(Writer& out, const kyc::ReasonText& text);
    static std::string schema(Components&, Direction) { return R"({"type":"string"})"; }
};

template <>
inline constexpr std::string_view example_of<kyc::DocumentView> =
    R"({"id":"01939f75-0c00-7d2e-9f10-112233445577","type":"driver_license","status":"rejected","reason":"unreadable",)"
    R"("reason_text":"L'image est illisible : reprenez-la nette et sans reflet.","note":null,"expires_on":"2034-12-31",)"
    R"("created_at":"2026-12-01T08:00:00Z","decided_at":"2026-12-01T10:00:00Z"})";

template <>
inline constexpr std::string_view example_of<kyc::DocumentFile> =
    R"({"id":"01939f75-0c00-7d2e-9f10-112233445577","user_id":"01939f6d-11a0-7c21-9d52-3b1f0c7a4e88",)"
    R"("name":"Karim Benali","type":"driver_license","status":"under_review","has_picture":true,)"
    R"("expires_on":"2034-12-31","reason":null,"note":null,"created_at":"2026-12-01T08:00:00Z",)"
    R"("reviewed_at":"2026-12-01T09:58:00Z","decided_at":null,"decided_by":null})";

template <>
inline constexpr std::string_view example_of<kyc::SignedPicture> =
    R"({"url":"https://uploads.example.dz/private/01939f75-0c00-7d2e-9f10-112233445566.webp?X-Amz-Signature=4f1c…",)"
    R"("expires_at":"2026-12-01T09:59:00Z"})";

}  // namespace safargo::contract
