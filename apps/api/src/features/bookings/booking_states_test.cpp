#include "features/bookings/booking_states.hpp"

#include "contract/described.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

namespace safargo::bookings {
namespace {

using contract::enum_from;
using contract::enum_name;

template <class E>
std::vector<E> all() {
    std::vector<E> values;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) { values.push_back(d.value); });
    return values;
}

// PRODUCT section 5, "leaves to", word for word; `expired` also allows the late payment of the paragraph below the
// table.
const std::map<std::string, std::set<std::string>> product_table{
    {"requested", {"awaiting_payment", "confirmed", "declined", "expired", "cancelled_by_passenger"}},
    {"awaiting_payment",
     {"confirmed", "expired", "cancelled_by_passenger", "cancelled_by_driver", "cancelled_by_admin"}},
    {"confirmed",
     {"boarded", "completed", "no_show_passenger", "no_show_driver", "cancelled_by_passenger", "cancelled_by_driver",
      "cancelled_by_admin"}},
    {"boarded", {"completed"}},
    {"completed", {"settled", "disputed"}},
    {"settled", {"disputed"}},
    {"disputed", {"settled"}},
    {"declined", {}},
    {"expired", {"confirmed"}},
    {"cancelled_by_passenger", {}},
    {"cancelled_by_driver", {}},
    {"cancelled_by_admin", {}},
    {"no_show_passenger", {"disputed"}},
    {"no_show_driver", {"disputed"}},
};

// What an event means, whatever the state it meets.
const std::map<std::string, std::string> outcome_of_event{
    {"accept_unpaid", "awaiting_payment"},
    {"confirm", "confirmed"},
    {"decline", "declined"},
    {"expire", "expired"},
    {"cancel_by_passenger", "cancelled_by_passenger"},
    {"cancel_by_driver", "cancelled_by_driver"},
    {"cancel_by_admin", "cancelled_by_admin"},
    {"board", "boarded"},
    {"complete", "completed"},
    {"settle", "settled"},
    {"dispute", "disputed"},
    {"passenger_missing", "no_show_passenger"},
    {"driver_missing", "no_show_driver"},
    {"revive", "confirmed"},
};

TEST(BookingStates, AllowExactlyTheMovesOfTheProductTable) {
    const auto statuses = all<BookingStatus>();
    ASSERT_EQ(statuses.size(), product_table.size());
    for (const BookingStatus from : statuses) {
        std::set<std::string> reached;
        for (const BookingEvent event : all<BookingEvent>()) {
            if (const auto to = next(from, event)) reached.emplace(enum_name(*to));
        }
        EXPECT_EQ(reached, product_table.at(std::string(enum_name(from)))) << enum_name(from);
    }
}

TEST(BookingStates, GiveEachEventOneOutcome) {
    const auto events = all<BookingEvent>();
    ASSERT_EQ(events.size(), outcome_of_event.size());
    for (const BookingEvent event : events) {
        const auto expected = enum_from<BookingStatus>(outcome_of_event.at(std::string(enum_name(event)))).value();
        int legal = 0;
        for (const BookingStatus from : all<BookingStatus>()) {
            const auto to = next(from, event);
            if (!to) continue;
            ++legal;
            EXPECT_EQ(*to, expected) << enum_name(from) << " + " << enum_name(event);
        }
        EXPECT_GT(legal, 0) << enum_name(event) << " is never legal";
    }
}

TEST(BookingStates, ReviveOnlyWhatExpired) {
    for (const BookingStatus from : all<BookingStatus>()) {
        EXPECT_EQ(next(from, BookingEvent::revive).has_value(), from == BookingStatus::expired) << enum_name(from);
    }
}

TEST(BookingStates, HoldSeatsInFourStatesAndEndByDeadlineInTwo) {
    using enum BookingStatus;
    for (const BookingStatus status : all<BookingStatus>()) {
        const bool hold = status == requested || status == awaiting_payment;
        EXPECT_EQ(is_hold(status), hold) << enum_name(status);
        EXPECT_EQ(is_active(status), hold || status == confirmed || status == boarded) << enum_name(status);
    }
}

}  // namespace
}  // namespace safargo::bookings
