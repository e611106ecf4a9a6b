#include "features/kyc/deadlines.hpp"

#include "contract/json.hpp"
#include "db/outbox.hpp"
#include "features/kyc/events.hpp"
#include "features/kyc/limits.hpp"
#include "features/media/service.hpp"

namespace safargo::kyc {
namespace {

constexpr std::size_t batch = 100;

}  // namespace

Task<int> Deadlines::purge_pictures(Instant now) {
    return db::sweep<KycDocumentId>(
        database_, "kyc_picture_not_purged", batch,
        [this, now](DueDocument last) { return rows_.find_purgeable(database_, now - picture_is_kept, last, batch); },
        [this, now](db::Transaction& tx, KycDocumentId id) { return purge_one(tx, id, now); });
}

Task<Result<bool>> Deadlines::purge_one(db::Transaction& tx, KycDocumentId id, Instant now) {
    const auto picture = co_await rows_.purge(tx, id, now - picture_is_kept);
    if (!picture) co_return false;
    co_await media::discard(tx, {*picture}, now);
    co_return true;
}

Task<int> Deadlines::remind(Instant now) {
    const LocalDate today = LocalDate::of(now);
    const LocalDate last_day{today.days + reminder_before_expiry};
    return db::sweep<KycDocumentId>(
        database_, "kyc_end_not_told", batch,
        [this, today, last_day](DueDocument last) {
            return rows_.find_ending(database_, today, last_day, last, batch);
        },
        [this, now](db::Transaction& tx, KycDocumentId id) { return remind_one(tx, id, now); });
}

Task<Result<bool>> Deadlines::remind_one(db::Transaction& tx, KycDocumentId id, Instant now) {
    const auto user = co_await rows_.note_reminder(tx, id, now);
    if (!user) co_return false;
    db::publish(tx, kyc_changed,
                {.ordering_key = "kyc:" + user->str(),
                 .payload = contract::to_json(DocumentChanged{id, DocumentNews::expires_soon})},
                now, now);
    co_return true;
}

}  // namespace safargo::kyc
