#include "features/disputes/disputes_world_test.hpp"

namespace safargo::disputes {
namespace {

constexpr db::Statement select_due{"test_due", R"(
    select id, ordering_key, kind, payload from outbox o
    where sent_at is null and available_at <= $1 and id > $2 and kind <> 'booking.changed'
      and not exists (select from outbox earlier where earlier.ordering_key = o.ordering_key and earlier.id < o.id
                      and earlier.sent_at is null and earlier.kind <> 'booking.changed')
    order by id limit 1)"};
constexpr db::Statement mark_sent{"test_mark_sent", "update outbox set sent_at = $2 where id = $1"};
constexpr db::Statement set_trip{"test_set_trip", R"(
    update trips set status = $2,
        started_at = case when $2 in ('in_progress', 'completed') then coalesce(started_at, date_time) else started_at end
    where id = $1)"};
constexpr db::Statement provider_total{"test_provider_total", R"(
    select coalesce(sum(case status when 'held' then amount else captured - refunded end), 0)::bigint
    from sandbox_charges where status in ('held', 'captured', 'refunded'))"};

}  // namespace

BookingId DisputesWorld::booked(Method method, int seats) {
    driver = add_driver("Karim Benali");
    passenger = add_user("Yasmine Haddad");
    const TripId trip = add_trip(driver, {.departs_in = 2h});
    const bookings::BookSeats wanted{.trip_id = trip,
                                     .from_stop = StopIndex::from(0).value(),
                                     .to_stop = StopIndex::from(2).value(),
                                     .seats = SeatCount::from(seats).value(),
                                     .payment_method = method,
                                     .message = std::nullopt};
    const auto made = testing::run(
        db_.transact<BookingView>([&](db::Transaction& tx) { return rides.book(tx, as(passenger), wanted); }));
    const auto paid = testing::run(rides.hold_now(as(passenger), made.value()));
    EXPECT_EQ(paid->status, BookingStatus::confirmed);
    return paid->id;
}

Result<BookingView> DisputesWorld::keep_seats(BookingId booking, int seats) {
    const bookings::EditBooking wanted{SeatCount::from(seats).value()};
    return testing::run(db_.transact<BookingView>(
        [&](db::Transaction& tx) { return ride_editing.edit(tx, as(passenger), booking, wanted); }));
}

BookingId DisputesWorld::travelled(Method method) {
    const BookingId id = booked(method);
    start_trip(id);
    clock_.advance(7h);
    end_trip(id, trips::TripStatus::completed);
    return id;
}

BookingId DisputesWorld::settled() {
    const BookingId id = travelled();
    clock_.advance(24h);
    work_off();
    EXPECT_EQ(status(id), "settled");
    return id;
}

BookingId DisputesWorld::missed(Side who, Method method) {
    const BookingId id = booked(method);
    start_trip(id);
    clock_.advance(2h + 15min);
    EXPECT_TRUE(report(who == Side::passenger ? driver : passenger, id));
    return id;
}

Task<Result<BookingView>> DisputesWorld::try_open(UserId who, BookingId booking) {
    const OpenDispute wanted{DisputeReason::no_show, Text<2000>::parse("I was there").value()};
    return db_.transact<BookingView>(
        [this, who, booking, wanted](db::Transaction& tx) { return disputes.open(tx, as(who), booking, wanted); });
}

Result<BookingView> DisputesWorld::open(UserId who, BookingId booking, DisputeReason reason) {
    const OpenDispute wanted{reason, Text<2000>::parse("words of the opener").value()};
    return testing::run(
        db_.transact<BookingView>([&](db::Transaction& tx) { return disputes.open(tx, as(who), booking, wanted); }));
}

Result<BookingView> DisputesWorld::answer(UserId who, BookingId booking) {
    const AnswerDispute words{Text<2000>::parse("words of the other").value()};
    return testing::run(
        db_.transact<BookingView>([&](db::Transaction& tx) { return disputes.answer(tx, as(who), booking, words); }));
}

Task<Result<DisputeFile>> DisputesWorld::try_resolve(Caller by, DisputeId dispute, std::int64_t refund) {
    const ResolveDispute wanted{Bounded<0, 100'000'000>::from(refund).value(), Text<2000>::parse("why so").value()};
    return db_.transact<DisputeFile>(
        [this, by, dispute, wanted](db::Transaction& tx) { return disputes.resolve(tx, by, dispute, wanted); });
}

Result<DisputeFile> DisputesWorld::resolve(Caller by, BookingId booking, std::int64_t refund) {
    return testing::run(try_resolve(by, dispute_of(booking), refund));
}

Result<DisputeFile> DisputesWorld::show(Caller by, BookingId booking) {
    const DisputeId id = dispute_of(booking);
    return testing::run(db_.transact<DisputeFile>([&](db::Transaction& tx) { return disputes.show(tx, by, id); }));
}

void DisputesWorld::start_trip(BookingId booking) {
    end_trip(booking, trips::TripStatus::in_progress);
}

void DisputesWorld::end_trip(BookingId booking, trips::TripStatus status) {
    testing::run(try_end_trip(view(passenger, booking).trip_id, status)).value();
}

Task<Result<Nothing>> DisputesWorld::try_end_trip(TripId trip, trips::TripStatus status) {
    return db_.transact<Nothing>([this, trip, status](db::Transaction& tx) { return change_trip(tx, trip, status); });
}

Task<Result<Nothing>> DisputesWorld::change_trip(db::Transaction& tx, TripId id, trips::TripStatus status) {
    co_await seats_.lock(tx, id);
    co_await tx.query(set_trip, id, contract::enum_name(status));
    const auto trip = co_await seats_.find(tx, id);
    if (status == trips::TripStatus::in_progress) co_await trip_listener.started(tx, *trip);
    if (status == trips::TripStatus::completed) co_await trip_listener.completed(tx, *trip);
    if (status == trips::TripStatus::cancelled) {
        co_await trip_listener.cancelled(tx, *trip, trips::CancelledBy::driver);
        co_await dispute_closer.cancelled(tx, *trip, trips::CancelledBy::driver);
    }
    co_return Nothing{};
}

Result<BookingView> DisputesWorld::report(UserId who, BookingId booking) {
    return testing::run(
        db_.transact<BookingView>([&](db::Transaction& tx) { return rides.report_missing(tx, as(who), booking); }));
}

Result<payments::PaymentView> DisputesWorld::capture(BookingId booking) {
    return testing::run(
        db_.transact<payments::PaymentView>([&](db::Transaction& tx) { return actions.capture(tx, admin, booking); }));
}

Result<payments::PaymentView> DisputesWorld::refund(BookingId booking) {
    const payments::RefundPayment all{std::nullopt, Text<300>::parse("a test").value()};
    return testing::run(db_.transact<payments::PaymentView>(
        [&](db::Transaction& tx) { return actions.refund(tx, admin, booking, all); }));
}

DisputeId DisputesWorld::dispute_of(BookingId booking) {
    return {Uuid::parse(text("select id::text from disputes where booking_id = $1", booking.value)).value()};
}

db::Subscriptions DisputesWorld::subscriptions() {
    return {provider_tasks.subscription(), no_shows.subscription(), dispute_notifier.subscription(),
            notifications.subscription()};
}

Task<void> DisputesWorld::send_due() {
    const db::Subscriptions all = subscriptions();
    std::int64_t passed = 0;
    for (;;) {
        const db::Rows rows = co_await db_.query(select_due, clock_.now(), passed);
        if (rows.empty()) co_return;
        const db::Row row = rows[0];
        passed = row.get<std::int64_t>(0);
        const db::OutboxMessage message{row.get<std::string>(1), row.get<std::string>(2), row.get<std::string>(3),
                                        passed};
        const auto listens = [&](const db::Subscription& one) { return one.handler_of(message.kind) != nullptr; };
        const db::OutboxHandler& handler = *std::ranges::find_if(all, listens)->handler_of(message.kind);
        co_await handler(message);
        if (!message.kind.starts_with("notification.")) co_await handler(message);
        co_await db_.query(mark_sent, passed, clock_.now());
    }
}

void DisputesWorld::work_off() {
    testing::run(send_due());
}

void DisputesWorld::expect_money(BookingId booking, PaymentStatus status, std::int64_t captured,
                                 std::int64_t refunded) {
    const payments::PaymentView is = payment(booking);
    EXPECT_EQ(is.status, status);
    EXPECT_EQ(is.captured, Dinars{captured});
    EXPECT_EQ(is.refunded, Dinars{refunded});
}

void DisputesWorld::expect_sound() {
    EXPECT_EQ(testing::run(ledger::prove(db_)), std::vector<std::string>{});
    const db::Rows total = testing::run(db_.query(provider_total));
    EXPECT_EQ(testing::run(ledger::balance(db_, ledger::Account::provider_clearing)), total[0].get<Dinars>(0));
}

}  // namespace safargo::disputes
