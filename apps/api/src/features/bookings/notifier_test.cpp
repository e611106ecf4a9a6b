#include "features/bookings/notifier.hpp"

#include "contract/json.hpp"
#include "features/bookings/booking_world_test.hpp"
#include "features/bookings/payment_desk.hpp"

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
    const TripId trip = add_trip(driver, {.mode = trips::BookingMode::approval});
    const BookingId booking = book(passenger, trip).value().id;
    tell();
    ASSERT_EQ(mailbox.letters.size(), 1U);
    EXPECT_EQ(mailbox.letters[0].template_name, "booking_requested");
    EXPECT_NE(mailbox.letters[0].text.find("Alger → Oran"), std::string::npos);
    EXPECT_NE(mailbox.letters[0].text.find("12:00"), std::string::npos)
        << mailbox.letters[0].text;  // 3 h later, in Algiers

    database_.execute("delete from outbox");
    mailbox.letters.clear();
    act(&BookingService::decline, as(driver), booking).value();
    tell();
    ASSERT_EQ(mailbox.letters.size(), 1U);
    EXPECT_EQ(mailbox.letters[0].template_name, "booking_declined");
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
    for (int i = 0; i <= static_cast<int>(BookingNews::money_returned); ++i) {
        const auto message = message_of(static_cast<BookingNews>(i));
        if (message) EXPECT_TRUE(message->template_name.starts_with("booking_"));
    }
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
