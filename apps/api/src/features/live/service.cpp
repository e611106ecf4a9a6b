#include "features/live/service.hpp"

#include "features/live/bells.hpp"

namespace safargo::live {
namespace {

constexpr db::Statement record_events{"live_record", R"(
    insert into user_events (user_id, event, subject_id, what, at)
    select distinct person, $2, $3::uuid, $4, $5::timestamptz from unnest($1::uuid[]) as person)"};

}  // namespace

void Announcer::tell(db::Transaction& tx, const News& news, std::vector<UserId> people, Instant now) const {
    if (people.empty()) return;
    tx.defer(record_events, people, contract::enum_name(news.topic), news.subject, news.what, now);
    if (bells_ == nullptr) return;
    tx.after_commit([bells = bells_, people = std::move(people)] { bells->ring_everywhere(people); });
}

}  // namespace safargo::live
