// Which documents expire, what may happen to one, and what they prove together. Pure.
#pragma once

#include "core/result.hpp"
#include "features/kyc/views.hpp"

#include <optional>
#include <span>
#include <vector>

namespace safargo::kyc {

// A driving licence and an insurance state the day on which they end; an identity card and a registration may; a
// photograph cannot. A document is valid through that day in Algiers.
std::optional<FieldError> refuse_expiry(DocumentType type, std::optional<LocalDate> expires_on, LocalDate today);

enum class Action { read, approve, reject };

// already_decided for a second decision; document_unread for one before a moderator has read it. Reading is always
// possible.
Result<DocumentStatus> next_status(DocumentStatus from, Action action);

// The gender is read on an identity card, and only there.
std::optional<FieldError> refuse_gender(DocumentType type, std::optional<users::Gender> gender);

// What a person's current documents prove. `verified`: their identity was verified before, maybe by hand.
struct Standing {
    bool identity_verified = false;
    std::optional<LocalDate> valid_until{};  // the earliest end of all that publishing needs; none if one is missing
    bool operator==(const Standing&) const = default;
};
Standing standing_of(std::span<const Document> current, bool verified);

// What they lack for publishing on `today`.
std::vector<MissingDocument> missing_of(std::span<const Document> current, bool verified, LocalDate today);

}  // namespace safargo::kyc
