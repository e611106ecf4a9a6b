// Rows of `uploads`. SQL only.
#pragma once

#include "db/transaction.hpp"
#include "features/media/types.hpp"

#include <optional>
#include <vector>

namespace safargo::media {

class UploadRows {
public:
    // One person's permits are given one after another, so that they can be counted.
    Task<void> lock_permits(db::Transaction& tx, UserId owner) const;
    struct Counts {
        std::int64_t open = 0;    // permitted, and not expired at `now`
        std::int64_t recent = 0;  // since `since`, whatever became of them
    };
    Task<Counts> count(db::Session& session, UserId owner, Instant now, Instant since) const;
    Task<void> insert(db::Transaction& tx, Upload upload) const;

    Task<std::optional<Upload>> lock_own(db::Transaction& tx, UserId owner, UploadId id) const;
    Task<void> mark_busy(db::Transaction& tx, UploadId id, Instant until) const;

    // The end of one request's work, which `busy_until` identifies; false, and nothing happens, if another request has
    // taken over, or the upload has ended.
    Task<bool> finish(db::Session& session, UploadId id, Instant busy_until) const;
    Task<bool> refuse(db::Session& session, UploadId id, Instant busy_until, Violation reason) const;
    Task<void> release(db::Session& session, UploadId id, Instant busy_until) const;

    // Ends permits whose time was over before `before`, unless a request is at work at `now`.
    Task<void> expire(db::Session& session, Instant before, Instant now) const;
    // Ended, expired before `before`, and not swept: in the order of their ids, those after `after`.
    Task<std::vector<Upload>> list_unswept(db::Session& session, Instant before, UploadId after,
                                           std::int64_t limit) const;
    Task<void> mark_swept(db::Session& session, UploadId id, Instant now) const;
};

}  // namespace safargo::media
