#include "features/bookings/queries.hpp"

#include "api/departure_position.hpp"
#include "api/page.hpp"
#include "features/bookings/booking_with_people.hpp"

#include <fmt/format.h>

#include <array>

// The page is selected from the owner's rows alone; joins apply only to the rows it shows. An overdue hold is past,
// swept or not.
#define OWN_BOOKINGS(owner, after, order)                                                                      \
    BOOKING_WITH_PEOPLE                                                                                        \
    "where b.id = any(array(select l.id from bookings l where l." owner                                        \
    " = $1 and (cardinality($2::text[]) = 0 or l.status = any($2)) "                                           \
    "and ($3::boolean is null or $3 = (l.status in ('requested', 'awaiting_payment', 'confirmed', 'boarded') " \
    "and l.dropoff_at > $4 and (l.expires_at is null or l.expires_at > $4))) "                                 \
    "and ($5::timestamptz is null or l.pickup_at >= $5) and ($6::timestamptz is null or l.pickup_at < $6) "    \
    "and ($7::uuid is null or l.trip_id = $7) and " after " order by " order("l") " limit $8)) order by " order("b")

#define AFTER_ID "($9::uuid is null or l.id < $9)"
#define AFTER_LATER "($9::uuid is null or (l.pickup_at, l.id) < ($10::timestamptz, $9))"
#define AFTER_EARLIER "($9::uuid is null or (l.pickup_at, l.id) > ($10::timestamptz, $9))"
#define NEWEST(t) t ".id desc"
#define LATEST(t) t ".pickup_at desc, " t ".id desc"
#define EARLIEST(t) t ".pickup_at, " t ".id"

namespace safargo::bookings {
namespace {

constexpr std::array as_passenger{
    db::Statement{"booking_list_passenger", OWN_BOOKINGS("user_id", AFTER_ID, NEWEST)},
    db::Statement{"booking_list_passenger_latest", OWN_BOOKINGS("user_id", AFTER_LATER, LATEST)},
    db::Statement{"booking_list_passenger_earliest", OWN_BOOKINGS("user_id", AFTER_EARLIER, EARLIEST)},
};
constexpr std::array as_driver{
    db::Statement{"booking_list_driver", OWN_BOOKINGS("driver_id", AFTER_ID, NEWEST)},
    db::Statement{"booking_list_driver_latest", OWN_BOOKINGS("driver_id", AFTER_LATER, LATEST)},
    db::Statement{"booking_list_driver_earliest", OWN_BOOKINGS("driver_id", AFTER_EARLIER, EARLIEST)},
};

constexpr db::Statement list_of_one_trip{"booking_list_trip", BOOKING_WITH_PEOPLE
                                         "where b.trip_id = $1 and (cardinality($2::text[]) = 0 or b.status = any($2)) "
                                         "and ($3::uuid is null or b.id < $3) order by b.id desc limit $4"};

template <class T>
std::string spelled(const std::optional<T>& wanted) {
    return wanted ? wanted->str() : std::string("any");
}

// Everything that determines a page except its position.
std::string question_of(UserId viewer, const ListBookings& wanted, bool drives) {
    const std::string_view when = wanted.when ? contract::enum_name(*wanted.when) : "any";
    return fmt::format("bookings {} {} {} {} {} {} {} {}", drives ? "driver" : "passenger", viewer.str(), when,
                       spelled(wanted.status), spelled(wanted.from_date), spelled(wanted.to_date),
                       spelled(wanted.trip_id), spelled(wanted.sort));
}

std::vector<std::string> names_of(const std::optional<contract::AnyOf<BookingStatus>>& status) {
    return status ? status->names() : std::vector<std::string>{};
}

struct Place {
    std::optional<Uuid> id;
    Instant pickup_at{};
};

Place place_from(const std::optional<std::string>& position, bool by_departure) {
    if (!position) return {};
    if (!by_departure) return {Uuid::parse(*position).value()};
    const auto at = api::DeparturePosition::parse(*position);
    return {at.id, at.departure};
}

BookingPage page_of(std::vector<BookingView> read, const api::PageRequest& asked, bool by_departure) {
    BookingPage page;
    page.next_cursor = asked.cut(read, [by_departure](const BookingView& last) {
        return by_departure ? api::DeparturePosition{last.pickup_at, last.id.value}.str() : last.id.str();
    });
    page.items = std::move(read);
    return page;
}

Task<db::Rows> find_own(db::Session& session, UserId viewer, bool drives, ListBookings wanted, Place after,
                        std::int64_t limit, Instant now) {
    const auto& orders = drives ? as_driver : as_passenger;
    std::optional<bool> upcoming;
    if (wanted.when) upcoming = *wanted.when == contract::When::upcoming;
    std::optional<Instant> from, until;
    if (wanted.from_date) from = wanted.from_date->begins();
    if (wanted.to_date) until = wanted.to_date->ends();
    if (!wanted.sort) {
        co_return co_await session.query(orders[0], viewer, names_of(wanted.status), upcoming, now, from, until,
                                         wanted.trip_id, limit, after.id);
    }
    co_return co_await session.query(orders[wanted.sort->latest_first ? 1 : 2], viewer, names_of(wanted.status),
                                     upcoming, now, from, until, wanted.trip_id, limit, after.id, after.pickup_at);
}

}  // namespace

Task<Result<BookingView>> BookingQueries::find(Caller caller, BookingId id) {
    return reader_.find(database_, caller, id);
}

Task<Result<BookingPage>> BookingQueries::list(Caller caller, ListBookings wanted) {
    const UserId viewer = caller.id;
    if (wanted.from_date && wanted.to_date && *wanted.to_date < *wanted.from_date) {
        co_return fail("to_date", {Rule::out_of_order});
    }
    const bool drives = wanted.role == Side::driver, by_departure = wanted.sort.has_value();
    const auto asked = api::PageRequest::of(cursors_, question_of(viewer, wanted, drives), wanted);
    if (!asked) co_return std::unexpected(asked.error());
    const Place after = place_from(asked->position(), by_departure);
    db::Rows rows = co_await find_own(database_, viewer, drives, std::move(wanted), after, asked->rows(), clock_.now());
    co_return page_of(co_await reader_.read_all(database_, std::move(rows), viewer), *asked, by_departure);
}

Task<Result<TripBookingPage>> BookingQueries::list_of_trip(Caller caller, TripId trip, ListTripBookings wanted) {
    const auto found = co_await seats_.find(database_, trip);
    if (!found || found->driver != caller.id) co_return fail(Code::not_found);
    const auto asked =
        api::PageRequest::of(cursors_, "bookings of " + trip.str() + ' ' + spelled(wanted.status), wanted);
    if (!asked) co_return std::unexpected(asked.error());
    const Place after = place_from(asked->position(), false);
    db::Rows rows = co_await database_.query(list_of_one_trip, trip, names_of(wanted.status), after.id, asked->rows());
    BookingPage page = page_of(co_await reader_.read_all(database_, std::move(rows), caller.id), *asked, false);
    co_return TripBookingPage{std::move(page.items), std::move(page.next_cursor), codes_.key(), codes_.keys()};
}

}  // namespace safargo::bookings
