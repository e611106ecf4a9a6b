#include "features/disputes/service.hpp"

#include "api/page.hpp"
#include "contract/json.hpp"
#include "core/logging.hpp"
#include "db/outbox.hpp"
#include "features/disputes/rules.hpp"
#include "features/users/service.hpp"

#include <stdexcept>

namespace safargo::disputes {
namespace {

// Greater than every id: the first page starts here.
DisputeId beyond_all() {
    DisputeId id;
    id.value.bytes.fill(0xff);
    return id;
}

// The account may have been deleted or suspended since the caller was authenticated.
std::optional<Code> refuse_account(AccountStatus status) {
    if (status == AccountStatus::active) return std::nullopt;
    return status == AccountStatus::suspended ? Code::account_suspended : Code::unauthenticated;
}

}  // namespace

// A locked booking and which of its two people is the caller.
struct DisputeService::Involved {
    bookings::Booking booking;
    Side side;
};

Task<Result<DisputeService::Involved>> DisputeService::lock_involved(db::Transaction& tx, Caller caller, BookingId id) {
    auto booking = co_await bookings_.lock(tx, id);
    if (!booking) co_return fail(Code::not_found);
    const bool passenger = booking->passenger == caller.id;
    if (!passenger && booking->driver != caller.id) co_return fail(Code::not_found);
    co_return Involved{std::move(*booking), passenger ? Side::passenger : Side::driver};
}

Task<Result<bookings::BookingView>> DisputeService::open(db::Transaction& tx, Caller caller, BookingId id,
                                                         OpenDispute wanted) {
    if (const auto refused = refuse_account(co_await users::lock_account(tx, caller.id))) co_return fail(*refused);
    auto involved = co_await lock_involved(tx, caller, id);
    if (!involved) co_return std::unexpected(std::move(involved.error()));
    if (co_await rows_.find_of(tx, id)) co_return fail(Code::already_disputed);
    auto& [booking, side] = *involved;
    const Instant now = clock_.now();
    const auto no_show = co_await no_shows_.find(tx, id);
    if (auto refused = refusal(booking, no_show, side, dispute_window_, now)) co_return fail(std::move(*refused));

    const Dispute dispute{.id = DisputeId::make(now),
                          .booking = id,
                          .opened_by = caller.id,
                          .side = side,
                          .disputed_status = booking.status,
                          .reason = wanted.reason,
                          .text = wanted.text.str(),
                          .due_at = now + answer_time,
                          .created_at = now};
    if (auto moved = co_await transitions_.advance(tx, booking, bookings::BookingEvent::dispute, now); !moved) {
        co_return std::unexpected(std::move(moved.error()));
    }
    if (no_show) co_await no_shows_.end(tx, id, now);
    if (auto inserted = co_await rows_.insert(tx, dispute); !inserted) co_return std::unexpected(inserted.error());
    announce(tx, booking, dispute, DisputeNews::opened, now);
    co_return co_await reader_.read(tx, id, caller.id);
}

Task<Result<bookings::BookingView>> DisputeService::answer(db::Transaction& tx, Caller caller, BookingId id,
                                                           AnswerDispute words) {
    auto involved = co_await lock_involved(tx, caller, id);
    if (!involved) co_return std::unexpected(std::move(involved.error()));
    auto dispute = co_await rows_.find_of(tx, id);
    if (!dispute) co_return fail(Code::not_found);
    if (dispute->side == involved->side) co_return fail(Code::forbidden);
    if (dispute->answered_at) co_return fail(Code::already_exists);
    if (dispute->is_over()) co_return fail(Code::illegal_transition);
    const Instant now = clock_.now();
    dispute->answer = words.text.str();
    dispute->answered_at = now;
    dispute->status = DisputeStatus::in_review;
    co_await rows_.save(tx, *dispute);
    announce(tx, involved->booking, *dispute, DisputeNews::answered, now);
    co_return co_await reader_.read(tx, id, caller.id);
}

Task<Result<DisputePage>> DisputeService::list(ListDisputes wanted) {
    std::string question = "disputes ";
    question += wanted.status ? contract::enum_name(*wanted.status) : "all";
    const auto asked = api::PageRequest::of(cursors_, std::move(question), wanted);
    if (!asked) co_return std::unexpected(asked.error());
    const DisputeId before = asked->position() ? DisputeId::parse(*asked->position()).value() : beyond_all();
    DisputePage page{co_await rows_.list(database_, wanted.status, before, asked->rows()), std::nullopt};
    page.next_cursor = asked->cut(page.items, [](const auto& dispute) { return dispute.id.str(); });
    co_return page;
}

Task<Result<DisputeFile>> DisputeService::show(db::Transaction& tx, Caller caller, DisputeId id) {
    co_await rows_.take_up(tx, id);
    auto dispute = co_await rows_.find(tx, id);
    if (!dispute) co_return fail(Code::not_found);
    co_return co_await file_of(tx, caller, std::move(*dispute));
}

Task<Result<DisputeFile>> DisputeService::resolve(db::Transaction& tx, Caller caller, DisputeId id,
                                                  ResolveDispute wanted) {
    if (!caller.administers()) co_return fail(Code::forbidden);
    const auto seen = co_await rows_.find(tx, id);
    if (!seen) co_return fail(Code::not_found);
    auto booking = (co_await bookings_.lock(tx, seen->booking)).value();
    auto dispute = (co_await rows_.find(tx, id)).value();
    if (dispute.is_over()) co_return fail(Code::illegal_transition);
    if (booking.passenger == caller.id || booking.driver == caller.id) co_return fail(Code::forbidden);

    const Instant now = clock_.now();
    const Dinars refund{wanted.refund.value()};
    auto decided = co_await payments_.decide(tx, booking.id, {refund, caller.id, wanted.note.str()}, now);
    if (!decided) co_return std::unexpected(std::move(decided.error()));
    if (auto moved = co_await transitions_.advance(tx, booking, bookings::BookingEvent::settle, now); !moved) {
        co_return std::unexpected(std::move(moved.error()));
    }
    dispute.status = DisputeStatus::resolved;
    dispute.refund = refund;
    dispute.note = wanted.note.str();
    dispute.resolved_by = caller.id;
    dispute.resolved_at = now;
    co_await rows_.save(tx, dispute);
    co_await count(tx, booking, dispute.disputed_status, refund);
    announce(tx, booking, dispute, DisputeNews::resolved, now);
    tx.after_commit([by = caller.id, id, refund] {
        const std::string dispute = id.str(), admin = by.str();
        log::info("dispute_resolved",
                  {{"dispute", dispute}, {"by", admin}, {"refund", static_cast<long long>(refund.amount)}});
    });
    co_return co_await file_of(tx, caller, std::move(dispute));
}

Task<void> DisputeService::count(db::Transaction& tx, bookings::Booking booking, BookingStatus disputed_status,
                                 Dinars refund) {
    const auto payment = co_await payments_.find(tx, booking.id);
    if (!payment) throw std::logic_error("a booking without a payment");
    const auto missing = found_missing(booking, disputed_status, *payment, refund);
    if (missing) co_await users::count_late_cancellation(tx, *missing);
}

Task<DisputeFile> DisputeService::file_of(db::Transaction& tx, Caller caller, Dispute dispute) {
    const auto booking = (co_await bookings_.find(tx, dispute.booking)).value();
    co_return DisputeFile{.id = dispute.id,
                          .status = dispute.status,
                          .reason = dispute.reason,
                          .disputed_status = dispute.disputed_status,
                          .opened_by = dispute.side,
                          .text = std::move(dispute.text),
                          .answer = std::move(dispute.answer),
                          .answered_at = dispute.answered_at,
                          .due_at = dispute.due_at,
                          .created_at = dispute.created_at,
                          .boarded_at = booking.boarded_at,
                          .completed_at = booking.completed_at,
                          .refund = dispute.refund,
                          .note = std::move(dispute.note),
                          .resolved_by = dispute.resolved_by,
                          .resolved_at = dispute.resolved_at,
                          .booking = co_await reader_.read(tx, dispute.booking, caller.id)};
}

void DisputeService::announce(db::Transaction& tx, const bookings::Booking& booking, const Dispute& dispute,
                              DisputeNews what, Instant now) const {
    db::publish(tx, dispute_changed,
                {.ordering_key = "booking:" + dispute.booking.str(),
                 .payload = contract::to_json(DisputeChanged{dispute.id, what})},
                now, now);
    // A booking shows its dispute.
    announcer_.tell(tx, live::News::of(booking.id, "dispute_" + std::string(contract::enum_name(what))),
                    {booking.passenger, booking.driver}, now);
}

}  // namespace safargo::disputes
