// What people are told while a page is open: which thing changed, never its content. The client then reads what it may.
#pragma once

#include "contract/json.hpp"
#include "core/ids.hpp"
#include "core/time.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace safargo::live {

// The names of the events on the wire; "reset" is the stream's own.
enum class Topic { booking, trip, notification, message };
BOOST_DESCRIBE_ENUM(Topic, booking, trip, notification, message)

// `what` is a word of the feature that tells it ("confirmed"): no text for people, and nothing personal.
struct News {
    Topic topic;
    SubjectId subject;
    std::string what;

    static News of(BookingId booking, std::string_view what) {
        return {Topic::booking, {booking.value}, std::string(what)};
    }
    static News of(TripId trip, std::string_view what) { return {Topic::trip, {trip.value}, std::string(what)}; }
};

// As it is stored for one person.
struct StoredEvent {
    UserId user;
    std::int64_t position = 0;  // in their stream, from 1, without gaps
    std::string name;           // of a topic, perhaps one that only a newer version knows: clients pass over it
    SubjectId subject;
    std::string what;
    Instant at;
};

// The data of an event on the wire.
struct LiveEvent {
    std::optional<SubjectId> subject_id;  // none for a reset
    std::string what;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(LiveEvent, (), (subject_id, what, at))

}  // namespace safargo::live
