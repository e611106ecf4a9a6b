// The events of a person's documents for them, in order per person, after the commit (outbox kind "kyc.changed").
#pragma once

#include "db/event_kind.hpp"
#include "features/kyc/types.hpp"

namespace safargo::kyc {

inline const db::EventKind kyc_changed{"kyc.changed"};

// One message each: what a decision has achieved takes the place of the bare word "approved".
enum class DocumentNews {
    approved,
    identity_verified,  // with this one, who they are is proven
    may_publish,        // with this one, everything that publishing needs is valid
    rejected,           // they are told why
    expires_soon,
};
BOOST_DESCRIBE_ENUM(DocumentNews, approved, identity_verified, may_publish, rejected, expires_soon)

// The payload.
struct DocumentChanged {
    KycDocumentId document_id;
    DocumentNews what;
};
BOOST_DESCRIBE_STRUCT(DocumentChanged, (), (document_id, what))

}  // namespace safargo::kyc
