// Documents by which people prove who they are and that they may drive others (PRODUCT section 2): the requests, and
// the row.
#pragma once

#include "contract/described.hpp"
#include "core/bounded.hpp"
#include "core/ids.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "features/users/types.hpp"

#include <optional>
#include <string>

namespace safargo::kyc {

enum class DocumentType { id_card, driver_license, vehicle_registration, insurance, profile_photo };
BOOST_DESCRIBE_ENUM(DocumentType, id_card, driver_license, vehicle_registration, insurance, profile_photo)

// pending -> under_review (a moderator has read it) -> approved | rejected
enum class DocumentStatus { pending, under_review, approved, rejected };
BOOST_DESCRIBE_ENUM(DocumentStatus, pending, under_review, approved, rejected)

enum class RejectionReason {
    unreadable,  // blurred, dark, or covered
    incomplete,  // an edge or a side is missing
    expired,
    wrong_document,  // of another type
    other_person,    // the name or the face is not theirs
    other_expiry,    // not the day that they entered
    altered,
    other,  // the note says which
};
BOOST_DESCRIBE_ENUM(RejectionReason, unreadable, incomplete, expired, wrong_document, other_person, other_expiry,
                    altered, other)

// POST /kyc/documents
struct SendDocument {
    DocumentType type;
    UploadId upload_id;
    std::optional<LocalDate> expires_on;
};
BOOST_DESCRIBE_STRUCT(SendDocument, (), (type, upload_id, expires_on))

// GET /admin/kyc, oldest first; without a status, what waits for a decision
struct ListDocuments {
    std::optional<DocumentStatus> status;
    std::optional<DocumentType> type;
    std::optional<Bounded<1, 100>> limit;
    std::optional<Text<300>> cursor;
};
BOOST_DESCRIBE_STRUCT(ListDocuments, (), (status, type, limit, cursor))

// POST /admin/kyc/{id}/approve
struct ApproveDocument {
    std::optional<users::Gender> gender;  // as on the identity card, for which it is required
};
BOOST_DESCRIBE_STRUCT(ApproveDocument, (), (gender))

// POST /admin/kyc/{id}/reject
struct RejectDocument {
    RejectionReason reason;
    std::optional<Line<300>> note;  // shown to the person; required for `other`
};
BOOST_DESCRIBE_STRUCT(RejectDocument, (), (reason, note))

// The row. Guarded by the lock of its person's profile, and by its own against moderators who read it.
struct Document {
    KycDocumentId id{};
    UserId user{};
    DocumentType type = DocumentType::id_card;
    DocumentStatus status = DocumentStatus::pending;
    std::optional<PictureId> picture{};
    std::optional<LocalDate> expires_on{};
    std::optional<RejectionReason> reason{};
    std::optional<std::string> note{};
    Instant created_at{};
    std::optional<Instant> reviewed_at{}, decided_at{};
    std::optional<UserId> decided_by{};

    bool is_decided() const { return status == DocumentStatus::approved || status == DocumentStatus::rejected; }
};

}  // namespace safargo::kyc

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::kyc::SendDocument> =
    R"({"type":"driver_license","upload_id":"01939f75-0c00-7d2e-9f10-112233445566","expires_on":"2034-12-31"})";

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::kyc::ApproveDocument> =
    R"({"gender":"female"})";

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::kyc::RejectDocument> =
    R"({"reason":"unreadable","note":"Le numéro est caché par un reflet."})";
