// For the tests of messages: what the people of a small Algeria receive.
#pragma once

#include "features/bookings/booking_world_test.hpp"
#include "features/bookings/notifier.hpp"
#include "features/bookings/trip_notifier.hpp"
#include "features/notifications/templates.hpp"

namespace safargo::bookings {

struct Mailbox final : Messenger {
    Task<Receipt> deliver(Delivery delivery) override {
        letters.push_back(std::move(delivery));
        co_return Receipt{};
    }
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
    void deliver_news() {
        send_all(booking_changed, notifier.subscription().handlings[0].handler);
        send_all(trips::trip_cancelled, trip_notifier.subscription().handlings[0].handler);
        send_all("notification.deliver", notifications.subscription().handlings[0].handler);
    }
    // What one person has received from all news so far: the template, and a part of the text that must occur.
    struct Letter {
        std::string template_name, part;
        // Compares a sent message, with its whole text, to an expectation.
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
        deliver_news();
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
        const auto found = payable(booking);
        return found ? std::optional(found->due) : std::nullopt;
    }

    Mailbox mailbox;
    notifications::Notifications notifications{{.sms = &mailbox, .email = &mailbox},
                                               "a secret of at least thirty-two bytes"};
    // No vendor serves any channel.
    notifications::Notifications silence{{}, "a secret of at least thirty-two bytes"};
    BookingNotifier notifier{db_, clock_, notifications};
    TripNotifier trip_notifier{db_, clock_, notifications};
    UserId driver = add_driver("Karim Benali");
    UserId passenger = add_user("Yasmine Haddad");
};

}  // namespace safargo::bookings
