#include "features/media/sweeping.hpp"

#include "contract/json.hpp"
#include "core/failures.hpp"
#include "db/sweep.hpp"
#include "features/media/events.hpp"
#include "features/media/limits.hpp"
#include "features/media/objects.hpp"

#include <stdexcept>

namespace safargo::media {
namespace {

constexpr std::int64_t batch = 100;

// The subscription comes first; what is still there after its last attempts is left to the job.
constexpr std::chrono::minutes left_to_subscription{30};

// One row that cannot be swept does not hold up the others; a store that is away holds up all.
Task<void> apart(std::string id, Task<void> work) {
    try {
        co_await std::move(work);
    } catch (const DependencyUnavailable&) {
        throw;
    } catch (const DeadlineExceeded&) {
        throw;
    } catch (const std::exception& failure) {
        db::report_unswept("upload_not_swept", id, failure);
    }
}

}  // namespace

Task<void> Sweeping::sweep(Instant now) {
    if (store_ == nullptr) co_return;
    co_await uploads_.expire(database_, now - permit_grace, now);
    co_await pictures_.discard_unclaimed(database_, now - unclaimed_lasts, now);
    co_await sweep_uploads(now);
    co_await sweep_pictures(now);
}

Task<void> Sweeping::sweep_uploads(Instant now) {
    UploadId last{};
    for (;;) {
        const auto uploads = co_await uploads_.list_unswept(database_, now - permit_grace, last, batch);
        for (const Upload& upload : uploads) co_await apart(upload.id.str(), sweep_upload(upload, now));
        if (std::ssize(uploads) < batch) co_return;
        last = uploads.back().id;
    }
}

// The original of every permit: after a refusal, or beside a finished picture, its file may have been sent again as
// long as the permit was valid. An expired one may have left pictures too, when the service ended while making them.
Task<void> Sweeping::sweep_upload(Upload upload, Instant now) {
    std::vector<ObjectName> names{original_of(upload.id)};
    if (upload.state == UploadState::expired) {
        for (ObjectName& name : objects_of(picture_of(upload.id), upload.purpose)) names.push_back(std::move(name));
    }
    co_await remove_objects(std::move(names));
    co_await uploads_.mark_swept(database_, upload.id, now);
}

Task<void> Sweeping::sweep_pictures(Instant now) {
    PictureId last{};
    for (;;) {
        const auto pictures = co_await pictures_.list_discarded(database_, now - left_to_subscription, last, batch);
        for (const StoredPicture picture : pictures) co_await apart(picture.id.str(), remove(picture));
        if (std::ssize(pictures) < batch) co_return;
        last = pictures.back().id;
    }
}

db::Subscription Sweeping::subscription() {
    return {.name = "media.remover", .handlings = {{picture_discarded, [this](db::OutboxMessage message) {
                                                        return remove_discarded(std::move(message));
                                                    }}}};
}

Task<void> Sweeping::remove_discarded(db::OutboxMessage message) {
    const auto discarded = contract::parse_json<PictureDiscarded>(message.payload);
    if (!discarded) throw std::runtime_error("unreadable payload of picture.discarded");
    const auto picture = co_await pictures_.find_discarded(database_, discarded->picture_id);
    if (!picture) co_return;
    if (store_ == nullptr) throw DependencyUnavailable("objects", "not configured");
    co_await remove(*picture);
}

Task<void> Sweeping::remove(StoredPicture picture) {
    co_await remove_objects(objects_of(picture.id, picture.purpose));
    co_await pictures_.remove(database_, picture.id);
}

Task<void> Sweeping::remove_objects(std::vector<ObjectName> names) {
    for (ObjectName& name : names) co_await store_->remove(std::move(name));
}

}  // namespace safargo::media
