#include "features/bookings/notifier.hpp"

#include "contract/json.hpp"
#include "features/bookings/booking_rows.hpp"
#include "features/users/types.hpp"

#include <stdexcept>

namespace safargo::bookings {
namespace {

// The two people, the money, the booked part of the trip as the booking names it, and the booking's state.
constexpr db::Statement find_contacts{"booking_contacts", R"(
    select coalesce(p.phone, p.email), p.locale, coalesce(d.phone, d.email), d.locale,
           t.stop_labels[b.from_stop + 1] || ' → ' || t.stop_labels[b.to_stop + 1],
           b.pickup_at, b.expires_at, b.status, b.accepted_at, b.confirmed_at, t.status <> 'cancelled',
           p.name, d.name, b.seats, m.amount, m.refunded, case m.status when 'hold' then m.driver_share
               when 'captured' then m.price - m.price_back when 'refunded' then m.price - m.price_back else 0 end,
           n.contest_until, t.started_at is not null
    from bookings b join trips t on t.id = b.trip_id join users p on p.id = b.user_id join users d on d.id = b.driver_id
        join payments m on m.booking_id = b.id
        left join no_shows n on n.booking_id = b.id
    where b.id = $1)"};

struct Person {
    std::optional<std::string> identifier;
    Language language;
    std::string name;  // as entered; messages show it as their reader may see it
};

struct Contacts {
    Person passenger, driver;
    std::string way;
    Instant pickup_at;
    std::optional<Instant> expires_at;
    BookingStatus status;
    std::optional<Instant> accepted_at, confirmed_at;
    bool trip_stands, trip_started;
    std::int64_t seats;
    Dinars paid, refunded, driver_share;
    std::optional<Instant> contest_until;
};

Person person_from(const db::Row& row, int first, int name) {
    return {.identifier = row.get<std::optional<std::string>>(first),
            .language = negotiate_language(row.get<std::string_view>(first + 1)),
            .name = row.get<std::string>(name)};
}

Contacts contacts_from(const db::Row& row) {
    using Time = std::optional<Instant>;
    return {.passenger = person_from(row, 0, 11),
            .driver = person_from(row, 2, 12),
            .way = row.get<std::string>(4),
            .pickup_at = row.get<Instant>(5),
            .expires_at = row.get<Time>(6),
            .status = row.get<BookingStatus>(7),
            .accepted_at = row.get<Time>(8),
            .confirmed_at = row.get<Time>(9),
            .trip_stands = row.get<bool>(10),
            .trip_started = row.get<bool>(18),
            .seats = row.get<std::int64_t>(13),
            .paid = row.get<Dinars>(14),
            .refunded = row.get<Dinars>(15),
            .driver_share = row.get<Dinars>(16),
            .contest_until = row.get<Time>(17)};
}

bool should_send(SendIf condition, const Contacts& contacts) {
    const bool unpaid = contacts.status == BookingStatus::awaiting_payment;
    switch (condition) {
        case SendIf::while_unpaid:
            return unpaid;
        case SendIf::while_unpaid_accepted:
            return unpaid && contacts.accepted_at;
        case SendIf::unless_driver_did_it:
            return contacts.accepted_at != contacts.confirmed_at;
        case SendIf::after_acceptance:
            return contacts.accepted_at.has_value();
        case SendIf::while_trip_stands:
            return contacts.trip_stands;
        case SendIf::once_started:
            return contacts.trip_started;
        case SendIf::unless_started:
            return !contacts.trip_started;
        case SendIf::always:
            break;
    }
    return true;
}

std::string money_of(Money money, const Contacts& contacts, Language language) {
    switch (money) {
        case Money::back:
            return money_back(contacts.refunded, language);
        case Money::to_driver:
            return driver_share(contacts.driver_share, language);
        case Money::late:
            return amount(contacts.paid, language);
        case Money::none:
            break;
    }
    return {};
}

// None for a person who has left, or when the message's condition does not hold.
std::optional<notifications::Notification> letter(const BookingChanged& changed, std::int64_t event,
                                                  const Message& message, const Contacts& contacts) {
    const bool to_passenger = message.to == Audience::passenger;
    const auto& [to, language, name] = to_passenger ? contacts.passenger : contacts.driver;
    const Person& other = to_passenger ? contacts.driver : contacts.passenger;
    if (!to || !should_send(message.send_if, contacts)) return std::nullopt;
    std::vector<std::string> parameters{contacts.way};
    if (message.detail == MessageDetail::pickup) parameters.push_back(day_and_time(contacts.pickup_at, language));
    if (message.detail == MessageDetail::deadline) {
        // Events of an older version do not carry it, and the booking clears it in its next state.
        const auto deadline = changed.deadline ? changed.deadline : contacts.expires_at;
        if (!deadline) return std::nullopt;
        parameters.push_back(deadline_time(*deadline, changed.at, language));
    }
    if (message.detail == MessageDetail::contest) {
        if (!contacts.contest_until) return std::nullopt;  // reported by an older version: it is final
        parameters.push_back(users::public_name(other.name, language));
        parameters.push_back(day_and_time(contacts.pickup_at, language));
        parameters.push_back(day_and_time(*contacts.contest_until, language));
    }
    if (message.money != Money::none) parameters.push_back(money_of(message.money, contacts, language));
    if (message.names_other) parameters.push_back(users::public_name(other.name, language));
    if (message.counts_seats) parameters.push_back(std::to_string(contacts.seats));
    return notifications::Notification{
        .channel = notifications::channel_of(*to),
        .to = *to,
        .template_name = std::string(message.template_name),
        .language = language,
        .parameters = std::move(parameters),
        .event = event,
        .reader = notifications::Notification::Reader{to_passenger ? changed.passenger_id : changed.driver_id,
                                                      {changed.booking_id.value}},
        .not_after = contacts.pickup_at};
}

}  // namespace

db::Subscription BookingNotifier::subscription() {
    return {.name = "bookings.notifier",
            .handlings = {{booking_changed, [this](db::OutboxMessage message) { return notify(std::move(message)); }}}};
}

// Reads without a transaction; one is opened only if something is to be written.
Task<void> BookingNotifier::notify(db::OutboxMessage message) {
    const auto changed = contract::parse_json<BookingChanged>(message.payload);
    if (!changed) throw std::runtime_error("unreadable payload of booking.changed");
    const std::vector<Message> messages = messages_of(changed->what);
    if (messages.empty()) co_return;
    const db::Rows rows = co_await database_.query(find_contacts, changed->booking_id);
    if (rows.empty()) co_return;
    const Contacts contacts = contacts_from(rows[0]);
    std::vector<notifications::Notification> letters;
    for (const Message& each : messages) {
        auto written = letter(*changed, message.id, each, contacts);
        // Without a vendor for the channel, nothing is sent.
        if (written && notifications_.reaches(written->channel)) letters.push_back(std::move(*written));
    }
    if (letters.empty()) co_return;
    co_await database_.transact<Nothing>([this, &letters](db::Transaction& tx) { return send_all(tx, letters); });
}

Task<Result<Nothing>> BookingNotifier::send_all(db::Transaction& tx, std::vector<notifications::Notification> letters) {
    for (notifications::Notification& letter : letters) {
        co_await notifications_.send(tx, std::move(letter), clock_.now());
    }
    co_return Nothing{};
}

}  // namespace safargo::bookings
