#include "features/bookings/notifier.hpp"

#include "contract/json.hpp"
#include "features/bookings/booking_world_test.hpp"
#include "features/bookings/payment_desk.hpp"
#include "features/notifications/templates.hpp"

#include <gtest/gtest.h>

namespace safargo::bookings {
namespace {

struct Mailbox final : Messenger {
    bool serves(Channel) const override { return open; }
    Task<void> deliver(Delivery delivery) override {
        letters.push_back(std::move(delivery));
        co_return;
    }
    bool open = true;
    std::vector<Delivery> letters;
};

class NotifierTest : public World {
protected:
    // As the dispatcher would: every waiting row of `kind`, oldest first.
    void send_all(const std::string& kind, const db::OutboxHandler& handler) {
        static constexpr db::Statement waiting{"test_waiting",
                                               "select id, payload from outbox where kind = $1 order by id"};
        const db::Rows rows = testing::run(db_.query(waiting, kind));
        for (const db::Row row : rows) {
            testing::run(handler({.payload = row.get<std::string>(1), .id = row.get<std::int64_t>(0)}));
        }
    }
    void tell() {
        send_all(std::string(booking_changed), notifier.outbox_route().handler);
        send_all("notification.deliver", notifications.outbox_route().handler);
    }
    // What one person is told by all the news so far: the template, and a part of the text that must be there.
    struct Letter {
        std::string template_name, part;
        // What was sent, whose text is whole, against what is expected.
        bool operator==(const Letter& expected) const {
            return template_name == expected.template_name && part.find(expected.part) != std::string::npos;
        }
        friend void PrintTo(const Letter& letter, std::ostream* out) {
            *out << letter.template_name << ": " << letter.part;
        }
    };
    using Letters = std::vector<Letter>;
    Letters told(UserId who) {
        database_.execute("delete from outbox where kind = 'notification.deliver'");
        mailbox.letters.clear();
        tell();
        const std::string phone = text("select phone from users where id = $1", who.value);
        Letters letters;
        for (const Delivery& letter : mailbox.letters) {
            if (letter.to == phone) letters.push_back({letter.template_name, letter.text});
        }
        return letters;
    }
    void news_are_over() { database_.execute("delete from outbox"); }
    static constexpr TripWish by_approval{.mode = trips::BookingMode::approval};

    std::optional<payments::Due> due(BookingId booking) {
        std::optional<payments::Due> due;
        testing::run(db_.transact<Nothing>([&](db::Transaction& tx) { return ask(tx, booking, due); })).value();
        return due;
    }
    Task<Result<Nothing>> ask(db::Transaction& tx, BookingId booking, std::optional<payments::Due>& due) {
        const auto found = co_await desk.lock_for_payment(tx, booking);
        if (found) due = found->due;
        co_return Nothing{};
    }

    Mailbox mailbox;
    notifications::Notifications notifications{mailbox, "a secret of at least thirty-two bytes"};
    BookingNotifier notifier{db_, clock_, notifications};
    PaymentDesk desk{clock_};
    UserId driver = add_driver("Karim Benali");
    UserId passenger = add_user("Yasmine Haddad");
};

TEST_F(NotifierTest, TheDriverHearsOfARequestAndThePassengerOfTheAnswer) {
    const BookingId booking = book(passenger, add_trip(driver, by_approval)).value().id;
    EXPECT_EQ(told(driver), (Letters{{"booking_requested", "Alger → Oran, réponse avant 12:00"}}));
    EXPECT_EQ(told(passenger), Letters{});
    news_are_over();
    act(&BookingService::decline, as(driver), booking).value();
    EXPECT_EQ(told(passenger), (Letters{{"booking_declined", "Alger → Oran"}}));
}

TEST_F(NotifierTest, ALateWordOfARequestStillSaysItsDeadline) {
    const BookingId booking = book(passenger, add_trip(driver, by_approval)).value().id;
    act(&BookingService::decline, as(driver), booking).value();
    EXPECT_EQ(told(driver), (Letters{{"booking_requested", "réponse avant 12:00"}}));
}

TEST_F(NotifierTest, ADeadlineAfterMidnightSaysItsDay) {
    clock_.set(parse_instant("2026-12-01T20:30:00Z").value());
    ASSERT_TRUE(book(passenger, add_trip(driver, by_approval)));
    EXPECT_EQ(told(driver), (Letters{{"booking_requested", "réponse avant le 02/12 à 00:30"}}));
}

TEST_F(NotifierTest, BothHearOfASeatTakenAtOnceWithItsDay) {
    confirmed(passenger, add_trip(driver));
    EXPECT_EQ(told(passenger), (Letters{{"booking_confirmed", "Départ le 06/12 à 09:00"}}));
    EXPECT_EQ(told(driver), (Letters{{"booking_taken", "Départ le 06/12 à 09:00"}}));
}

TEST_F(NotifierTest, ADriverNeedsNoWordOfHisOwnAnswer) {
    const BookingId booking = book(passenger, add_trip(driver, by_approval)).value().id;
    act(&BookingService::accept, as(driver), booking).value();
    EXPECT_EQ(told(passenger), (Letters{{"booking_confirmed", "Départ le 06/12"}}));
    EXPECT_EQ(told(driver), (Letters{{"booking_requested", ""}}));
}

TEST_F(NotifierTest, WhoIsAcceptedUnpaidHearsUntilWhenToPay) {
    const BookingId booking =
        book(passenger, add_trip(driver, by_approval), {.method = payments::Method::sandbox}).value().id;
    act(&BookingService::accept, as(driver), booking).value();
    EXPECT_EQ(told(passenger), (Letters{{"booking_accepted", "Payez avant 09:30"}}));
    news_are_over();
    clock_.advance(1min);
    testing::run(money_.held(booking));
    EXPECT_EQ(told(passenger), (Letters{{"booking_confirmed", "Départ le"}}));
    EXPECT_EQ(told(driver), (Letters{{"booking_taken", "Départ le"}}));
}

TEST_F(NotifierTest, NobodyIsAskedForMoneyThatIsThere) {
    const BookingId booking =
        book(passenger, add_trip(driver, by_approval), {.method = payments::Method::sandbox}).value().id;
    act(&BookingService::accept, as(driver), booking).value();
    testing::run(money_.held(booking));
    EXPECT_EQ(told(passenger), (Letters{{"booking_confirmed", ""}}));
}

TEST_F(NotifierTest, WhosePaymentIsDeclinedHearsUntilWhenToTryAgain) {
    payments_.provider = TablePayments::Provider::declines;
    ASSERT_TRUE(book_online(passenger, add_trip(driver)));
    EXPECT_EQ(told(passenger), (Letters{{"booking_payment_declined", "Réessayez avant 09:30"}}));
    EXPECT_EQ(told(driver), Letters{});
}

TEST_F(NotifierTest, MoneyThatIsGivenBackIsSaidSo) {
    const TripId trip = add_trip(driver, {.seats = 1});
    const BookingId late = book(passenger, trip, {.method = payments::Method::sandbox}).value().id;
    clock_.advance(30min);
    testing::run(overdue_.expire_all(clock_.now()));
    confirmed(add_user("Lina Meziane"), trip);
    testing::run(money_.held(late));
    EXPECT_EQ(told(passenger), (Letters{{"booking_expired", ""}, {"booking_money_returned", "vous est rendue"}}));
}

TEST_F(NotifierTest, WhoIsReportedMissingHearsOfIt) {
    const TripId trip = add_trip(driver, {.departs_in = 2h});
    const UserId lina = add_user("Lina Meziane");
    const BookingId first = confirmed(passenger, trip), second = confirmed(lina, trip);
    start(trip);
    clock_.advance(2h);
    news_are_over();
    ASSERT_TRUE(act(&BookingService::report_missing, as(driver), first));
    ASSERT_TRUE(act(&BookingService::report_missing, as(lina), second));
    EXPECT_EQ(told(passenger), (Letters{{"booking_passenger_missing", "Alger → Oran"}}));
    EXPECT_EQ(told(driver), (Letters{{"booking_driver_missing", "Alger → Oran"}}));
}

TEST_F(NotifierTest, NewsOfAnOlderVersionHaveNoDeadline) {
    const BookingId booking = book(passenger, add_trip(driver, by_approval)).value().id;
    database_.execute("update outbox set payload = (payload::jsonb - 'deadline')::text where kind = 'booking.changed'");
    EXPECT_EQ(told(driver), (Letters{{"booking_requested", "réponse avant 12:00"}}));
    act(&BookingService::decline, as(driver), booking).value();
    database_.execute("update outbox set payload = (payload::jsonb - 'deadline')::text where kind = 'booking.changed'");
    EXPECT_EQ(told(driver), Letters{}) << "better nothing than a wrong time";
}

// The dispatcher tells at least once: its process may die before it can note that it has told.
TEST_F(NotifierTest, AnEventThatIsToldTwiceIsWrittenOnce) {
    confirmed(passenger, add_trip(driver));
    const auto handler = notifier.outbox_route().handler;
    static constexpr db::Statement messages{"test_messages",
                                            "select count(*) from outbox where kind = 'notification.deliver'"};
    const auto written = [this] { return testing::run(db_.query(messages))[0].get<std::int64_t>(0); };
    send_all(std::string(booking_changed), handler);
    const std::int64_t told_once = written();
    EXPECT_GT(told_once, 0);
    send_all(std::string(booking_changed), handler);
    EXPECT_EQ(written(), told_once);
}

TEST_F(NotifierTest, WithoutAVendorNobodyIsWrittenTo) {
    mailbox.open = false;
    confirmed(passenger, add_trip(driver));
    tell();
    EXPECT_TRUE(mailbox.letters.empty());
    EXPECT_EQ(
        testing::run(db_.query(db::Statement{"test_none", "select 1 from outbox where kind = 'notification.deliver'"}))
            .size(),
        0U);
}

TEST_F(NotifierTest, NewsThatCannotBeReadAreKeptForPeople) {
    EXPECT_THROW(testing::run(notifier.outbox_route().handler({.payload = "{}"})), std::runtime_error);
}

TEST_F(NotifierTest, EveryMessageHasItsTemplate) {
    for (int i = 0; i <= static_cast<int>(BookingNews::details_changed); ++i) {
        for (const Message& message : messages_of(static_cast<BookingNews>(i))) {
            std::vector<std::string> parameters{"Alger → Oran"};
            if (message.says != Moment::none) parameters.emplace_back("12:00");
            EXPECT_NO_THROW(notifications::render(message.template_name, Language::ar, parameters)) << i;
        }
    }
}

TEST_F(NotifierTest, TimesAreSaidInTheReadersLanguage) {
    const Instant at = parse_instant("2026-12-31T23:05:00Z").value();  // the next year in Algiers
    EXPECT_EQ(day_and_time(at, Language::fr), "01/01 à 00:05");
    EXPECT_EQ(day_and_time(at, Language::ar), "01/01 على 00:05");
    EXPECT_EQ(day_and_time(at, Language::en), "01/01 at 00:05");
    EXPECT_EQ(deadline_time(at, at - 1h, Language::en), "01/01 at 00:05");
    EXPECT_EQ(deadline_time(at, at - 5min, Language::en), "00:05");
}

TEST_F(NotifierTest, TheDeskSaysWhenMoneyIsDue) {
    const BookingId requested = book(passenger, add_trip(driver, {.mode = trips::BookingMode::approval})).value().id;
    EXPECT_EQ(due(requested), payments::Due::not_yet);
    clock_.advance(4h);
    EXPECT_EQ(due(requested), payments::Due::over);

    payments_.provider = TablePayments::Provider::declines;
    const UserId other = add_user("Lina Meziane");
    const BookingId unpaid = book_online(other, add_trip(add_driver("Nadir Cherif"))).value().id;
    EXPECT_EQ(due(unpaid), payments::Due::now);
    clock_.advance(31min);
    EXPECT_EQ(due(unpaid), payments::Due::over);
    EXPECT_FALSE(due(BookingId::make(clock_.now())));
}

}  // namespace
}  // namespace safargo::bookings
