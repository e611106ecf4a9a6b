#include "features/media/permits.hpp"

#include "features/media/limits.hpp"
#include "features/media/objects.hpp"

namespace safargo::media {
namespace {

std::unexpected<Error> too_many(Rule rule, std::int64_t most) {
    return fail(Error{.code = Code::too_many_uploads, .reason = Violation{rule, std::to_string(most)}});
}

UploadPermit permit_for(const Upload& upload) {
    const auto bytes = static_cast<std::uint64_t>(upload.bytes);
    return {.object = original_of(upload.id),
            .content_type = upload.content_type,
            .min_bytes = bytes,
            .max_bytes = bytes,
            .valid_for = permit_lasts};
}

}  // namespace

// The form is signed before the first statement: renewing the store's credentials must not keep locks waiting.
Task<Result<PermittedUpload>> Permits::permit(db::Transaction& tx, Caller caller, AskUpload wanted) const {
    if (store_ == nullptr) co_return fail(Code::feature_unavailable);
    if (wanted.purpose == Purpose::place_photo && !caller.moderates()) co_return fail(Code::forbidden);
    const Instant now = clock_.now();
    Upload upload{.id = UploadId::make(now),
                  .owner = caller.id,
                  .purpose = wanted.purpose,
                  .content_type = wanted.content_type.str(),
                  .bytes = wanted.bytes,
                  .created_at = now};
    UploadForm form = co_await store_->permit_upload(permit_for(upload), now);
    if (auto within = co_await check_limits(tx, caller.id, now); !within) co_return std::unexpected(within.error());
    upload.expires_at = form.expires_at;
    co_await rows_.insert(tx, upload);
    co_return PermittedUpload{upload.id, std::move(form.url), {std::move(form.fields)}, form.expires_at};
}

Task<Result<Nothing>> Permits::check_limits(db::Transaction& tx, UserId owner, Instant now) const {
    co_await rows_.lock_permits(tx, owner);
    const UploadRows::Counts counts = co_await rows_.count(tx, owner, now, now - std::chrono::hours{24});
    if (counts.open >= most_open_uploads) co_return too_many(Rule::most_open_uploads, most_open_uploads);
    if (counts.recent >= most_uploads_a_day) co_return too_many(Rule::most_uploads_a_day, most_uploads_a_day);
    co_return Nothing{};
}

}  // namespace safargo::media
