#include "features/kyc/words.hpp"

#include "core/texts.hpp"

#include <stdexcept>

namespace safargo::kyc {
namespace {

std::string_view key_of(DocumentType type) {
    using enum DocumentType;
    switch (type) {
        case id_card:
            return "documents.id_card";
        case driver_license:
            return "documents.driver_license";
        case vehicle_registration:
            return "documents.vehicle_registration";
        case insurance:
            return "documents.insurance";
        case profile_photo:
            return "documents.profile_photo";
    }
    throw std::logic_error("no such type of document");
}

std::string_view key_of(RejectionReason reason) {
    using enum RejectionReason;
    switch (reason) {
        case unreadable:
            return "document_reasons.unreadable";
        case incomplete:
            return "document_reasons.incomplete";
        case expired:
            return "document_reasons.expired";
        case wrong_document:
            return "document_reasons.wrong_document";
        case other_person:
            return "document_reasons.other_person";
        case other_expiry:
            return "document_reasons.other_expiry";
        case altered:
            return "document_reasons.altered";
        case other:
            return "document_reasons.other";
    }
    throw std::logic_error("no such reason");
}

}  // namespace

std::string_view text_of(DocumentType type, Language reader) {
    return plain_text(key_of(type), reader);
}

std::string_view text_of(RejectionReason reason, Language reader) {
    return plain_text(key_of(reason), reader);
}

}  // namespace safargo::kyc
