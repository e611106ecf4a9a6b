#include "features/kyc/rules.hpp"

#include <algorithm>
#include <array>

namespace safargo::kyc {
namespace {

using enum DocumentType;

constexpr std::array identity{id_card, profile_photo};
constexpr std::array driving{driver_license, vehicle_registration, insurance};

bool must_expire(DocumentType type) {
    return type == driver_license || type == insurance;
}

const Document* approved_of(std::span<const Document> current, DocumentType type) {
    const auto found = std::ranges::find_if(current, [type](const Document& document) {
        return document.type == type && document.status == DocumentStatus::approved;
    });
    return found == current.end() ? nullptr : &*found;
}

bool all_approved(std::span<const Document> current, std::span<const DocumentType> types) {
    return std::ranges::all_of(types, [&](DocumentType type) { return approved_of(current, type) != nullptr; });
}

std::optional<LocalDate> first_end(std::span<const Document> current) {
    std::optional<LocalDate> end;
    for (const Document& document : current) {
        if (document.status != DocumentStatus::approved || !document.expires_on) continue;
        end = end ? std::min(*end, *document.expires_on) : *document.expires_on;
    }
    return end;
}

// A renewal in review says more than the expired document beside it.
std::optional<MissingBecause> missing_because(std::span<const Document> current, DocumentType type, LocalDate today) {
    const Document* approved = approved_of(current, type);
    if (approved != nullptr && (!approved->expires_on || *approved->expires_on >= today)) return std::nullopt;
    for (const Document& document : current) {
        if (document.type != type || document.status == DocumentStatus::approved) continue;
        return document.status == DocumentStatus::rejected ? MissingBecause::rejected : MissingBecause::in_review;
    }
    return approved != nullptr ? MissingBecause::expired : MissingBecause::not_sent;
}

}  // namespace

std::optional<FieldError> refuse_expiry(DocumentType type, std::optional<LocalDate> expires_on, LocalDate today) {
    if (!expires_on) {
        if (must_expire(type)) return FieldError{"expires_on", {Rule::required}};
        return std::nullopt;
    }
    if (type == profile_photo) return FieldError{"expires_on", {Rule::never_expires}};
    if (*expires_on < today) return FieldError{"expires_on", {Rule::document_expires, expires_on->str(), today.str()}};
    return std::nullopt;
}

Result<DocumentStatus> next_status(DocumentStatus from, Action action) {
    using enum DocumentStatus;
    if (action == Action::read) return from == pending ? under_review : from;
    if (from == pending) return fail(Code::document_unread);
    if (from != under_review) return fail(Code::already_decided);
    return action == Action::approve ? approved : rejected;
}

std::optional<FieldError> refuse_gender(DocumentType type, std::optional<users::Gender> gender) {
    if (type == id_card && !gender) return FieldError{"gender", {Rule::required}};
    if (type != id_card && gender) return FieldError{"gender", {Rule::gender_of_id_card}};
    return std::nullopt;
}

Standing standing_of(std::span<const Document> current, bool verified) {
    Standing standing{.identity_verified = verified || all_approved(current, identity)};
    if (standing.identity_verified && all_approved(current, driving)) standing.valid_until = first_end(current);
    return standing;
}

std::vector<MissingDocument> missing_of(std::span<const Document> current, bool verified, LocalDate today) {
    std::vector<MissingDocument> missing;
    const auto look_for = [&](DocumentType type) {
        if (const auto because = missing_because(current, type, today)) missing.push_back({type, *because});
    };
    for (const DocumentType type : identity) {
        // Verified by hand, there may be no card; one that has expired is asked for again.
        if (!verified || approved_of(current, type) != nullptr) look_for(type);
    }
    for (const DocumentType type : driving) look_for(type);
    return missing;
}

}  // namespace safargo::kyc
