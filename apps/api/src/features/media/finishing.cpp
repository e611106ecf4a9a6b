#include "features/media/finishing.hpp"

#include "core/current_failure.hpp"
#include "core/logging.hpp"
#include "features/media/limits.hpp"
#include "features/media/objects.hpp"
#include "features/media/service.hpp"

#include <fmt/format.h>

#include <exception>

namespace safargo::media {
namespace {

// Their names are never given to other content.
constexpr std::string_view kept_for_ever = "public, max-age=31536000, immutable";

std::unexpected<Error> refused(Violation reason) {
    return fail(Error{.code = Code::picture_refused, .reason = std::move(reason)});
}

std::unexpected<Error> incomplete() {
    return fail(Error{.code = Code::upload_incomplete, .reason = Violation{Rule::nothing_uploaded}});
}

std::unexpected<Error> too_busy() {
    return fail(Error{.code = Code::dependency_unavailable, .retry_after = std::chrono::seconds{1}});
}

std::unexpected<Error> in_progress() {
    return fail(Error{.code = Code::request_in_progress, .retry_after = std::chrono::seconds{1}});
}

Violation other_size(const Upload& upload, std::uint64_t found) {
    return {Rule::other_size, std::to_string(upload.bytes), std::to_string(found)};
}

}  // namespace

class Finishing::Turn {
public:
    explicit Turn(int& at_work) : at_work_(at_work) { ++at_work_; }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() { --at_work_; }

private:
    int& at_work_;
};

Finishing::Finishing(db::Database& database, const Clock& clock, ObjectStore* store, PictureProcessor* pictures)
    : database_(database), clock_(clock), store_(store), processor_(pictures), links_(picture_links(store)) {}

Task<Result<FinishedUpload>> Finishing::finish(Caller caller, UploadId id, Deadline deadline) {
    if (store_ == nullptr || processor_ == nullptr) co_return fail(Code::feature_unavailable);
    if (at_work_ >= most_finishing_at_once) co_return too_busy();
    const Turn turn(at_work_);
    auto upload = co_await database_.transact<Upload>([&](db::Transaction& tx) { return begin(tx, caller.id, id); });
    if (!upload) co_return std::unexpected(std::move(upload.error()));
    if (upload->state == UploadState::finished) co_return view(*upload);
    co_return co_await work(std::move(*upload), deadline);
}

// Finished before, or from now on in the hands of this request.
Task<Result<Upload>> Finishing::begin(db::Transaction& tx, UserId owner, UploadId id) {
    auto upload = co_await uploads_.lock_own(tx, owner, id);
    if (!upload) co_return fail(Code::not_found);
    if (upload->state == UploadState::finished) co_return std::move(*upload);
    if (upload->refusal) co_return refused(std::move(*upload->refusal));
    const Instant now = clock_.now();
    if (upload->state == UploadState::expired || now >= upload->expires_at + permit_grace) {
        co_return fail(Code::upload_expired);
    }
    if (upload->busy_until && *upload->busy_until > now) co_return in_progress();
    upload->busy_until = now + finishing_takes;
    co_await uploads_.mark_busy(tx, id, *upload->busy_until);
    co_return std::move(*upload);
}

Task<Result<FinishedUpload>> Finishing::work(Upload upload, Deadline deadline) {
    Result<Made> made{};
    std::exception_ptr failure;
    try {
        made = co_await make(upload, deadline);
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure || !made) co_await release(upload);
    if (failure) std::rethrow_exception(failure);
    if (!made) co_return std::unexpected(std::move(made.error()));
    if (Violation* reason = std::get_if<Violation>(&*made)) {
        co_return co_await conclude(std::move(upload), std::move(*reason));
    }
    co_return co_await conclude(std::move(upload), std::get<PictureSet>(std::move(*made)));
}

Task<Result<Finishing::Made>> Finishing::make(Upload upload, Deadline deadline) {
    const auto found = co_await store_->find(original_of(upload.id));
    if (!found) co_return incomplete();
    const auto announced = static_cast<std::uint64_t>(upload.bytes);
    if (found->bytes != announced) co_return other_size(upload, found->bytes);
    auto file = co_await store_->read(original_of(upload.id), announced);
    if (!file) co_return incomplete();
    if (file->size() != announced) co_return other_size(upload, file->size());
    auto pictures = co_await processor_->process(std::move(*file), upload.content_type, deadline);
    if (!pictures) {
        Error& error = pictures.error();
        if (error.code == Code::picture_refused && error.reason) co_return std::move(*error.reason);
        co_return std::unexpected(std::move(error));
    }
    co_await write_objects(upload, *pictures);
    co_return std::move(*pictures);
}

Task<void> Finishing::write_objects(Upload upload, PictureSet made) {
    const std::vector<ObjectName> names = objects_of(picture_of(upload.id), upload.purpose);
    std::vector<std::string> files{std::move(made.large)};
    if (!is_private(upload.purpose)) files = {std::move(made.small), std::move(made.medium), std::move(files[0])};
    for (std::size_t i = 0; i < files.size(); ++i) {
        NewObject object{.name = names[i], .body = std::move(files[i]), .content_type = "image/webp"};
        if (!is_private(upload.purpose)) object.cache_control = kept_for_ever;
        co_await store_->write(std::move(object));
    }
}

Task<Result<FinishedUpload>> Finishing::conclude(Upload upload, PictureSet made) {
    const auto recorded =
        co_await database_.transact<bool>([&](db::Transaction& tx) { return record(tx, upload, made); });
    if (!recorded) co_return std::unexpected(recorded.error());
    if (!*recorded) co_return in_progress();
    co_await remove_original(upload.id);
    co_return view(upload);
}

Task<Result<bool>> Finishing::record(db::Transaction& tx, Upload upload, PictureSet made) {
    if (!co_await uploads_.finish(tx, upload.id, *upload.busy_until)) co_return false;
    const NewPicture picture{.id = picture_of(upload.id),
                             .owner = upload.owner,
                             .purpose = upload.purpose,
                             .width = made.width,
                             .height = made.height};
    co_await pictures_.insert(tx, picture, clock_.now());
    co_return true;
}

Task<Result<FinishedUpload>> Finishing::conclude(Upload upload, Violation reason) {
    if (!co_await uploads_.refuse(database_, upload.id, *upload.busy_until, reason)) co_return in_progress();
    co_await remove_original(upload.id);
    co_return refused(std::move(reason));
}

// If the database is away, or this request is cancelled, the mark ends by itself.
Task<void> Finishing::release(Upload upload) {
    try {
        co_await uploads_.release(database_, upload.id, *upload.busy_until);
    } catch (...) {
        log::warning("upload_not_released", {{"error", std::string_view(describe_current_failure())}});
    }
}

// What cannot be removed now is swept once the permit has expired.
Task<void> Finishing::remove_original(UploadId id) {
    try {
        co_await store_->remove(original_of(id));
    } catch (...) {
        log::warning("upload_not_removed", {{"error", std::string_view(describe_current_failure())}});
    }
}

FinishedUpload Finishing::view(const Upload& upload) const {
    FinishedUpload finished{.id = picture_of(upload.id)};
    if (is_private(upload.purpose)) return finished;
    const bool of_place = upload.purpose == Purpose::place_photo;
    const std::string start =
        std::string(links_.of(of_place ? PictureShelf::places : PictureShelf::people)) + upload.id.str();
    finished.small = start + "/small.webp";
    finished.medium = start + "/medium.webp";
    finished.large = start + "/large.webp";
    return finished;
}

}  // namespace safargo::media
