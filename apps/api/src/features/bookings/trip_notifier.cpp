#include "features/bookings/trip_notifier.hpp"

#include "contract/json.hpp"
#include "features/bookings/events.hpp"
#include "features/bookings/messages.hpp"

#include <stdexcept>

namespace safargo::bookings {
namespace {

constexpr db::Statement find_driver{"trip_driver_contact", R"(
    select coalesce(u.phone, u.email), u.locale,
           t.stop_labels[1] || ' → ' || t.stop_labels[cardinality(t.stop_labels)], t.date_time
    from trips t join users u on u.id = t.driver_id where t.id = $1)"};

}  // namespace

db::Subscription TripNotifier::subscription() {
    return {.name = "bookings.trip_notifier", .handlings = {{trips::trip_cancelled, [this](db::OutboxMessage message) {
                                                                 return notify(std::move(message));
                                                             }}}};
}

Task<void> TripNotifier::notify(db::OutboxMessage message) {
    const auto cancelled = contract::parse_json<trips::TripCancelled>(message.payload);
    if (!cancelled) throw std::runtime_error("unreadable payload of trip.cancelled");
    co_await database_.transact<Nothing>([this, cancelled = *cancelled, event = message.id](db::Transaction& tx) {
        return write(tx, cancelled, event);
    });
}

Task<Result<Nothing>> TripNotifier::write(db::Transaction& tx, trips::TripCancelled cancelled, std::int64_t event) {
    const db::Rows rows = co_await tx.query(find_driver, cancelled.trip_id);
    if (rows.empty()) co_return Nothing{};
    // The driver has left, or no vendor serves the channel: nothing is sent.
    const auto to = rows[0].get<std::optional<std::string>>(0);
    if (!to || !notifications_.reaches(notifications::channel_of(*to))) co_return Nothing{};
    const Language language = negotiate_language(rows[0].get<std::string_view>(1));
    co_await notifications_.send(
        tx,
        {.channel = notifications::channel_of(*to),
         .to = *to,
         .template_name = "trip_cancelled",
         .language = language,
         .parameters = {rows[0].get<std::string>(2), day_and_time(rows[0].get<Instant>(3), language)},
         .event = event,
         .reader = notifications::Notification::Reader{cancelled.driver_id, {cancelled.trip_id.value}}},
        clock_.now());
    co_return Nothing{};
}

}  // namespace safargo::bookings
