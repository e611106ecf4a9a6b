// What a message is about, as people choose which ones they get: a closed list, and each template is of one kind.
#pragma once

#include <boost/describe/enum.hpp>

namespace safargo::notifications {

enum class MessageKind {
    codes,         // sign-in codes
    deadlines,     // something that the reader must do by a certain time
    ride_changes,  // a ride that does not take place, or otherwise than agreed
    money,         // what was paid, kept or given back
    bookings,      // what else happens to bookings
    documents,     // decisions about documents
    reminders      // what the reader should not forget
};
BOOST_DESCRIBE_ENUM(MessageKind, codes, deadlines, ride_changes, money, bookings, documents, reminders)

// Cannot be switched off: without it the reader would lose access, money or a ride.
constexpr bool always_sent(MessageKind kind) {
    return kind <= MessageKind::money;
}

// Does not wait for the end of quiet hours: later it might be too late.
constexpr bool sent_at_once(MessageKind kind) {
    return kind <= MessageKind::ride_changes;
}

}  // namespace safargo::notifications
