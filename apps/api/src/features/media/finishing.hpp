// From a file in the store to pictures: once, whoever asks how often. The work is done between two short transactions;
// the first leaves a mark that keeps other requests away, the second records the result. Objects are written before the
// row says so, hence whatever a crash leaves behind belongs to a permit that has not ended, and is swept when it
// expires.
#pragma once

#include "contract/picture.hpp"
#include "core/caller.hpp"
#include "core/clock.hpp"
#include "db/database.hpp"
#include "features/media/picture_rows.hpp"
#include "features/media/upload_rows.hpp"
#include "features/media/views.hpp"
#include "ports/object_store.hpp"
#include "ports/picture_processor.hpp"

#include <chrono>
#include <variant>

namespace safargo::media {

class Finishing {
public:
    using Deadline = std::chrono::steady_clock::time_point;

    // `store` and `pictures` may be null: not configured.
    Finishing(db::Database& database, const Clock& clock, ObjectStore* store, PictureProcessor* pictures);

    // feature_unavailable; not_found for another person's; request_in_progress while another request is at it;
    // upload_incomplete if no file has arrived; upload_expired; picture_refused, the same at each repetition, with the
    // reason; dependency_unavailable while this thread has enough to do. Throws DependencyUnavailable. After both it
    // may be repeated.
    Task<Result<FinishedUpload>> finish(Caller caller, UploadId id, Deadline deadline);

private:
    using Made = std::variant<PictureSet, Violation>;  // or why there are no pictures
    class Turn;

    Task<Result<Upload>> begin(db::Transaction& tx, UserId owner, UploadId id);
    Task<Result<FinishedUpload>> work(Upload upload, Deadline deadline);
    Task<Result<Made>> make(Upload upload, Deadline deadline);
    Task<void> write_objects(Upload upload, PictureSet made);
    Task<Result<FinishedUpload>> conclude(Upload upload, PictureSet made);
    Task<Result<FinishedUpload>> conclude(Upload upload, Violation reason);
    Task<Result<bool>> record(db::Transaction& tx, Upload upload, PictureSet made);
    Task<void> release(Upload upload);
    Task<void> remove_original(UploadId id);
    FinishedUpload view(const Upload& upload) const;

    db::Database& database_;
    const Clock& clock_;
    ObjectStore* store_;
    PictureProcessor* processor_;
    contract::PictureLinks links_;
    int at_work_ = 0;
    UploadRows uploads_;
    PictureRows pictures_;
};

}  // namespace safargo::media
