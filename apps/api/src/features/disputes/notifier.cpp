#include "features/disputes/notifier.hpp"

#include "contract/json.hpp"

#include <array>
#include <stdexcept>

namespace safargo::disputes {
namespace {

// The two people, the booked part of the trip as the booking names it, and the dispute's details.
constexpr db::Statement find_parties{"dispute_parties", R"(
    select coalesce(p.phone, p.email), p.locale, p.name, coalesce(d.phone, d.email), d.locale, d.name,
           t.stop_labels[b.from_stop + 1] || ' → ' || t.stop_labels[b.to_stop + 1], b.pickup_at, x.side, x.due_at, x.refund,
           b.id, b.user_id, b.driver_id
    from disputes x join bookings b on b.id = x.booking_id join trips t on t.id = b.trip_id
    join users p on p.id = b.user_id join users d on d.id = b.driver_id
    where x.id = $1)"};

struct Person {
    std::optional<std::string> identifier;
    Language language;
    std::string name;  // as entered; messages show it as their reader may see it
    UserId id;
};

struct Parties {
    std::array<Person, 2> people;  // passenger, driver
    std::string way;
    Instant pickup_at;
    Side opened_by;
    Instant due_at;
    std::optional<Dinars> refund;
    BookingId booking;

    const Person& of(Side side) const { return people[side == Side::driver ? 1 : 0]; }
};

Person person_from(const db::Row& row, int first, int id) {
    return {.identifier = row.get<std::optional<std::string>>(first),
            .language = negotiate_language(row.get<std::string_view>(first + 1)),
            .name = row.get<std::string>(first + 2),
            .id = row.get<UserId>(id)};
}

Parties parties_from(const db::Row& row) {
    return {.people = {person_from(row, 0, 12), person_from(row, 3, 13)},
            .way = row.get<std::string>(6),
            .pickup_at = row.get<Instant>(7),
            .opened_by = row.get<Side>(8),
            .due_at = row.get<Instant>(9),
            .refund = row.get<std::optional<Dinars>>(10),
            .booking = row.get<BookingId>(11)};
}

Side other(Side side) {
    return side == Side::passenger ? Side::driver : Side::passenger;
}

std::vector<Side> readers_of(DisputeNews what, Side opened_by) {
    switch (what) {
        case DisputeNews::opened:
            return {other(opened_by)};
        case DisputeNews::answered:
            return {opened_by};
        case DisputeNews::resolved:
            break;
    }
    return {Side::passenger, Side::driver};
}

// None for a person who has left.
std::optional<notifications::Notification> letter(DisputeNews what, const Parties& parties, Side to,
                                                  std::int64_t event) {
    const Person& reader = parties.of(to);
    if (!reader.identifier) return std::nullopt;
    std::vector<std::string> parameters{parties.way, bookings::day_and_time(parties.pickup_at, reader.language)};
    if (what == DisputeNews::resolved) {
        parameters.push_back(std::to_string(parties.refund.value_or(Dinars{0}).amount));
    } else {
        parameters.push_back(users::public_name(parties.of(other(to)).name, reader.language));
    }
    if (what == DisputeNews::opened) {
        parameters.push_back(bookings::day_and_time(parties.due_at, reader.language));
    }
    return notifications::Notification{
        .channel = notifications::channel_of(*reader.identifier),
        .to = *reader.identifier,
        .template_name = "dispute_" + std::string(contract::enum_name(what)),
        .language = reader.language,
        .parameters = std::move(parameters),
        .event = event,
        .reader = notifications::Notification::Reader{reader.id, {parties.booking.value}}};
}

}  // namespace

db::Subscription DisputeNotifier::subscription() {
    return {.name = "disputes.notifier",
            .handlings = {{dispute_changed, [this](db::OutboxMessage message) { return notify(std::move(message)); }}}};
}

Task<void> DisputeNotifier::notify(db::OutboxMessage message) {
    const auto changed = contract::parse_json<DisputeChanged>(message.payload);
    if (!changed) throw std::runtime_error("unreadable payload of dispute.changed");
    const db::Rows rows = co_await database_.query(find_parties, changed->dispute_id);
    if (rows.empty()) co_return;
    const Parties parties = parties_from(rows[0]);
    std::vector<notifications::Notification> letters;
    for (const Side to : readers_of(changed->what, parties.opened_by)) {
        auto written = letter(changed->what, parties, to, message.id);
        // Without a vendor for the channel, nothing is sent.
        if (written && notifications_.reaches(written->channel)) letters.push_back(std::move(*written));
    }
    if (letters.empty()) co_return;
    co_await database_.transact<Nothing>([this, &letters](db::Transaction& tx) { return send_all(tx, letters); });
}

Task<Result<Nothing>> DisputeNotifier::send_all(db::Transaction& tx, std::vector<notifications::Notification> letters) {
    for (notifications::Notification& letter : letters) {
        co_await notifications_.send(tx, std::move(letter), clock_.now());
    }
    co_return Nothing{};
}

}  // namespace safargo::disputes
