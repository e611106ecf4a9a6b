#include "features/disputes/repository.hpp"

#include "contract/described.hpp"

#include <array>

#define DISPUTE_COLUMNS                                                                                     \
    "id, booking_id, opened_by, side, disputed_status, reason, status, text, answer, answered_at, due_at, " \
    "refund, note, resolved_by, resolved_at, created_at "

namespace safargo::disputes {
namespace {

using contract::enum_name;

constexpr std::array one_per_booking{db::Refusal{"disputes_booking_key", Code::already_disputed}};

std::optional<Dispute> first_of(const db::Rows& rows) {
    if (rows.empty()) return std::nullopt;
    const db::Row row = rows[0];
    using Words = std::optional<std::string>;
    return Dispute{.id = row.get<DisputeId>(0),
                   .booking = row.get<BookingId>(1),
                   .opened_by = row.get<UserId>(2),
                   .side = row.get<Side>(3),
                   .disputed_status = row.get<BookingStatus>(4),
                   .reason = row.get<DisputeReason>(5),
                   .status = row.get<DisputeStatus>(6),
                   .text = row.get<Words>(7),
                   .answer = row.get<Words>(8),
                   .answered_at = row.get<std::optional<Instant>>(9),
                   .due_at = row.get<Instant>(10),
                   .refund = row.get<std::optional<Dinars>>(11),
                   .note = row.get<Words>(12),
                   .resolved_by = row.get<std::optional<UserId>>(13),
                   .resolved_at = row.get<std::optional<Instant>>(14),
                   .created_at = row.get<Instant>(15)};
}

}  // namespace

constexpr db::Statement find_dispute{"dispute_find", "select " DISPUTE_COLUMNS "from disputes where id = $1"};

Task<std::optional<Dispute>> DisputeRepository::find(db::Session& session, DisputeId id) const {
    co_return first_of(co_await session.query(find_dispute, id));
}

constexpr db::Statement find_dispute_of{"dispute_find_of_booking",
                                        "select " DISPUTE_COLUMNS "from disputes where booking_id = $1"};

Task<std::optional<Dispute>> DisputeRepository::find_of(db::Session& session, BookingId booking) const {
    co_return first_of(co_await session.query(find_dispute_of, booking));
}

constexpr db::Statement list_disputes{"dispute_list", R"(
    select id, booking_id, status, reason, disputed_status, side, answered_at is not null, due_at, created_at
    from disputes where ($1::text is null or status = $1) and id < $2 order by id desc limit $3)"};

Task<std::vector<DisputeCard>> DisputeRepository::list(db::Session& session, std::optional<DisputeStatus> status,
                                                       DisputeId before, std::int64_t limit) const {
    std::optional<std::string> wanted;
    if (status) wanted = std::string(enum_name(*status));
    const db::Rows rows = co_await session.query(list_disputes, wanted, before, limit);
    std::vector<DisputeCard> cards;
    cards.reserve(rows.size());
    for (const db::Row row : rows) {
        cards.push_back({row.get<DisputeId>(0), row.get<BookingId>(1), row.get<DisputeStatus>(2),
                         row.get<DisputeReason>(3), row.get<BookingStatus>(4), row.get<Side>(5), row.get<bool>(6),
                         row.get<Instant>(7), row.get<Instant>(8)});
    }
    co_return cards;
}

constexpr db::Statement insert_dispute{"dispute_insert", R"(
    insert into disputes (id, booking_id, opened_by, side, disputed_status, reason, status, text, due_at, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))"};

Task<Result<Nothing>> DisputeRepository::insert(db::Transaction& tx, Dispute dispute) const {
    const auto inserted =
        co_await tx.try_query(insert_dispute, one_per_booking, dispute.id, dispute.booking, dispute.opened_by,
                              enum_name(dispute.side), enum_name(dispute.disputed_status), enum_name(dispute.reason),
                              enum_name(dispute.status), dispute.text, dispute.due_at, dispute.created_at);
    if (!inserted) co_return std::unexpected(inserted.error());
    co_return Nothing{};
}

constexpr db::Statement save_dispute{"dispute_save", R"(
    update disputes set status = $2, answer = $3, answered_at = $4, refund = $5, note = $6, resolved_by = $7,
        resolved_at = $8
    where id = $1)"};

Task<void> DisputeRepository::save(db::Transaction& tx, Dispute dispute) const {
    co_await tx.query(save_dispute, dispute.id, enum_name(dispute.status), dispute.answer, dispute.answered_at,
                      dispute.refund, dispute.note, dispute.resolved_by, dispute.resolved_at);
}

constexpr db::Statement take_up_dispute{"dispute_take_up", R"(
    update disputes set status = 'in_review' where id = $1 and status = 'open')"};

Task<void> DisputeRepository::take_up(db::Transaction& tx, DisputeId id) const {
    co_await tx.query(take_up_dispute, id);
}

}  // namespace safargo::disputes
