// Who may send a file, and how large.
#pragma once

#include "core/caller.hpp"
#include "core/clock.hpp"
#include "features/media/upload_rows.hpp"
#include "features/media/views.hpp"
#include "ports/object_store.hpp"

namespace safargo::media {

class Permits {
public:
    // `store` may be null: not configured.
    Permits(ObjectStore* store, const Clock& clock) : store_(store), clock_(clock) {}

    // feature_unavailable without a store; forbidden for pictures of places, unless by a moderator; too_many_uploads.
    Task<Result<PermittedUpload>> permit(db::Transaction& tx, Caller caller, AskUpload wanted) const;

private:
    Task<Result<Nothing>> check_limits(db::Transaction& tx, UserId owner, Instant now) const;

    ObjectStore* store_;
    const Clock& clock_;
    UploadRows rows_;
};

}  // namespace safargo::media
