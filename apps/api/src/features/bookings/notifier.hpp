// Tells people what happened to a booking: the handler of the outbox kind "booking.changed".
#pragma once

#include "db/database.hpp"
#include "db/outbox.hpp"
#include "features/bookings/events.hpp"
#include "features/notifications/service.hpp"

#include <optional>

namespace safargo::bookings {

enum class Audience { passenger, driver };

struct Message {
    std::string_view template_name;
    Audience to;
    bool with_time;  // the template's second parameter: deadline or departure, as a clock time in Algiers
};

// Who hears what; nullopt for news that nobody is written about.
std::optional<Message> message_of(BookingNews what);

class BookingNotifier {
public:
    BookingNotifier(db::Database& database, const Clock& clock, notifications::Notifications& notifications)
        : database_(database), clock_(clock), notifications_(notifications) {}

    db::OutboxRoute outbox_route();

private:
    Task<void> tell(db::OutboxMessage message);
    Task<Result<Nothing>> write_to(db::Transaction& tx, BookingId booking, Message message, std::int64_t event);

    db::Database& database_;
    const Clock& clock_;
    notifications::Notifications& notifications_;
};

}  // namespace safargo::bookings
