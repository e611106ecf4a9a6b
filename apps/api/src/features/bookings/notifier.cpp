#include "features/bookings/notifier.hpp"

#include "contract/json.hpp"
#include "features/bookings/booking_rows.hpp"

#include <stdexcept>

namespace safargo::bookings {
namespace {

// One of the two people, the part of the trip as it is called in the booking, and how the booking stands.
constexpr db::Statement find_contact{"booking_contact", R"(
    select u.phone, u.email, u.locale, t.stop_labels[b.from_stop + 1] || ' → ' || t.stop_labels[b.to_stop + 1],
           b.pickup_at, b.expires_at, b.status, b.accepted_at, b.confirmed_at, t.status <> 'cancelled'
    from bookings b join trips t on t.id = b.trip_id join users u on u.id = case when $2 then b.user_id else b.driver_id end
    where b.id = $1)"};

struct Contact {
    std::optional<std::string> identifier;
    Language language;
    std::string way;
    Instant pickup_at;
    std::optional<Instant> expires_at;
    BookingStatus status;
    std::optional<Instant> accepted_at, confirmed_at;
    bool trip_stands;
};

Contact contact_from(const db::Row& row) {
    using Time = std::optional<Instant>;
    auto phone = row.get<std::optional<std::string>>(0), email = row.get<std::optional<std::string>>(1);
    return {.identifier = phone ? std::move(phone) : std::move(email),
            .language = negotiate_language(row.get<std::string_view>(2)),
            .way = row.get<std::string>(3),
            .pickup_at = row.get<Instant>(4),
            .expires_at = row.get<Time>(5),
            .status = enum_from<BookingStatus>(row, 6),
            .accepted_at = row.get<Time>(7),
            .confirmed_at = row.get<Time>(8),
            .trip_stands = row.get<bool>(9)};
}

bool holds(Only only, const Contact& contact) {
    const bool unpaid = contact.status == BookingStatus::awaiting_payment;
    switch (only) {
        case Only::while_unpaid:
            return unpaid;
        case Only::while_unpaid_accepted:
            return unpaid && contact.accepted_at;
        case Only::unless_driver_did_it:
            return contact.accepted_at != contact.confirmed_at;
        case Only::after_acceptance:
            return contact.accepted_at.has_value();
        case Only::while_trip_stands:
            return contact.trip_stands;
        case Only::always:
            break;
    }
    return true;
}

}  // namespace

db::OutboxRoute BookingNotifier::outbox_route() {
    return {std::string(booking_changed), [this](db::OutboxMessage message) { return tell(std::move(message)); }};
}

Task<void> BookingNotifier::tell(db::OutboxMessage message) {
    const auto changed = contract::parse_json<BookingChanged>(message.payload);
    if (!changed) throw std::runtime_error("a booking's news cannot be read");
    co_await database_.transact<Nothing>(
        [this, changed = *changed, event = message.id](db::Transaction& tx) { return write_all(tx, changed, event); });
}

Task<Result<Nothing>> BookingNotifier::write_all(db::Transaction& tx, BookingChanged changed, std::int64_t event) {
    for (const Message& message : messages_of(changed.what)) co_await write(tx, changed, event, message);
    co_return Nothing{};
}

Task<void> BookingNotifier::write(db::Transaction& tx, BookingChanged changed, std::int64_t event, Message message) {
    const db::Rows rows = co_await tx.query(find_contact, changed.booking_id, message.to == Audience::passenger);
    if (rows.empty()) co_return;
    const Contact contact = contact_from(rows[0]);
    // Somebody who left, or a place where no vendor carries messages: there is nobody to tell.
    const auto& to = contact.identifier;
    if (!to || !notifications_.reaches(notifications::channel_of(*to)) || !holds(message.only, contact)) co_return;
    std::vector<std::string> parameters{contact.way};
    if (message.says == Moment::pickup) parameters.push_back(day_and_time(contact.pickup_at, contact.language));
    if (message.says == Moment::deadline) {
        // News of an older version do not carry it, and the booking forgets it when it moves on.
        const auto deadline = changed.deadline ? changed.deadline : contact.expires_at;
        if (!deadline) co_return;
        parameters.push_back(deadline_time(*deadline, changed.at, contact.language));
    }
    co_await notifications_.send(tx,
                                 {.channel = notifications::channel_of(*to),
                                  .to = *to,
                                  .template_name = std::string(message.template_name),
                                  .language = contact.language,
                                  .parameters = std::move(parameters),
                                  .event = event},
                                 clock_.now());
}

}  // namespace safargo::bookings
