#include "features/bookings/notifier.hpp"

#include "contract/json.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace safargo::bookings {
namespace {

// Both people, and the part of the trip as it is called in the booking.
constexpr db::Statement find_contact{"booking_contact", R"(
    select u.phone, u.email, u.locale, t.stop_labels[b.from_stop + 1] || ' → ' || t.stop_labels[b.to_stop + 1],
           coalesce(b.expires_at, b.pickup_at)
    from bookings b join trips t on t.id = b.trip_id join users u on u.id = case when $2 then b.user_id else b.driver_id end
    where b.id = $1)"};

std::string clock_time(Instant at) {
    const auto local = at + algiers_offset;
    const std::chrono::hh_mm_ss time{
        std::chrono::floor<std::chrono::minutes>(local - std::chrono::floor<std::chrono::days>(local))};
    return fmt::format("{:02}:{:02}", time.hours().count(), time.minutes().count());
}

}  // namespace

std::optional<Message> message_of(BookingNews what) {
    switch (what) {
        case BookingNews::requested:
            return Message{"booking_requested", Audience::driver, true};
        case BookingNews::confirmed:
            return Message{"booking_confirmed", Audience::passenger, true};
        case BookingNews::declined:
            return Message{"booking_declined", Audience::passenger, false};
        case BookingNews::expired:
            return Message{"booking_expired", Audience::passenger, false};
        case BookingNews::cancelled_by_passenger:
            return Message{"booking_cancelled", Audience::driver, false};
        case BookingNews::cancelled_by_driver:
        case BookingNews::cancelled_by_admin:
            return Message{"booking_cancelled", Audience::passenger, false};
        default:
            return std::nullopt;
    }
}

db::OutboxRoute BookingNotifier::outbox_route() {
    return {std::string(booking_changed), [this](db::OutboxMessage message) { return tell(std::move(message)); }};
}

Task<void> BookingNotifier::tell(db::OutboxMessage message) {
    const auto changed = contract::parse_json<BookingChanged>(message.payload);
    if (!changed) throw std::runtime_error("a booking's news cannot be read");
    const auto words = message_of(changed->what);
    if (!words) co_return;
    co_await database_.transact<Nothing>([this, booking = changed->booking_id, words, event = message.id](
                                             db::Transaction& tx) { return write_to(tx, booking, *words, event); });
}

Task<Result<Nothing>> BookingNotifier::write_to(db::Transaction& tx, BookingId booking, Message message,
                                                std::int64_t event) {
    const db::Rows rows = co_await tx.query(find_contact, booking, message.to == Audience::passenger);
    if (rows.empty()) co_return Nothing{};
    const db::Row row = rows[0];
    const auto phone = row.get<std::optional<std::string>>(0), email = row.get<std::optional<std::string>>(1);
    const std::optional<std::string> to = phone ? phone : email;
    // Somebody who left, or a place where no vendor carries messages: there is nobody to tell.
    if (!to || !notifications_.reaches(notifications::channel_of(*to))) co_return Nothing{};
    std::vector<std::string> parameters{row.get<std::string>(3)};
    if (message.with_time) parameters.push_back(clock_time(row.get<Instant>(4)));
    co_await notifications_.send(tx,
                                 {.channel = notifications::channel_of(*to),
                                  .to = *to,
                                  .template_name = std::string(message.template_name),
                                  .language = negotiate_language(row.get<std::string_view>(2)),
                                  .parameters = std::move(parameters),
                                  .event = event},
                                 clock_.now());
    co_return Nothing{};
}

}  // namespace safargo::bookings
