// Whose open pages are told of a booking and of its trip: exactly the people whom it concerns.
#include "features/bookings/notifier_world_test.hpp"
#include "features/live/live_events_test.hpp"

#include <boost/mp11/algorithm.hpp>

namespace safargo::bookings {
namespace {

using live::test::count_told;
using live::test::live_events_of;
using trips::CancelledBy;
using Lines = std::vector<std::string>;

class LiveNews : public NotifierTest {
protected:
    Task<Result<Nothing>> announce(db::Transaction& tx, BookingId id, BookingNews what) {
        const auto booking = co_await BookingRepository().lock(tx, id);
        transitions_.announce(tx, booking.value(), what, clock_.now());
        co_return Nothing{};
    }
    Lines of(UserId who, BookingId booking) { return live_events_of(db_, who, booking.value); }
    Lines of(UserId who, TripId trip) { return live_events_of(db_, who, trip.value); }
};

TEST_F(LiveNews, EveryKindReachesThePassengerAndMostTheDriverAndNobodyElse) {
    const UserId fellow = add_user("Fellow"), stranger = add_user("Stranger"), other_driver = add_driver("Other");
    const TripId trip = add_trip(driver);
    const BookingId id = confirmed(passenger, trip), of_fellow = confirmed(fellow, trip);
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<BookingNews>>([&](auto kind) {
        database_.execute("delete from user_events");
        testing::run(
            db_.transact<Nothing>([&](db::Transaction& tx) { return announce(tx, id, BookingNews(kind.value)); }));
        const Lines line{std::string("booking ") + kind.name};
        const bool private_matter = kind.value == BookingNews::payment_declined ||  //
                                    kind.value == BookingNews::money_returned;
        EXPECT_EQ(of(passenger, id), line);
        EXPECT_EQ(of(driver, id), private_matter ? Lines{} : line);
        EXPECT_EQ(count_told(db_), private_matter ? 1 : 2) << kind.name;
    });
    for (const UserId other : {fellow, stranger, other_driver}) EXPECT_EQ(of(other, id), Lines{});
    EXPECT_EQ(of(driver, of_fellow), Lines{});
}

TEST_F(LiveNews, FollowABookingThroughItsLife) {
    const TripId trip = add_trip(driver, by_approval);
    const BookingId id = book(passenger, trip)->id;
    ASSERT_TRUE(act(&BookingService::accept, as(driver), id));
    clock_.advance(24h * 5);
    start(trip);
    ASSERT_TRUE(board(driver, id, by_pin(codes_.pin(id))));
    clock_.advance(5h);
    complete(trip);
    const Lines life{"booking requested", "booking confirmed", "booking boarded", "booking completed",
                     "booking settled"};
    EXPECT_EQ(of(passenger, id), life);
    EXPECT_EQ(of(driver, id), life);
    EXPECT_EQ(of(passenger, trip), (Lines{"trip started", "trip completed"}));
}

TEST_F(LiveNews, ATripIsForThoseWhoAreToRideAlong) {
    const UserId waiting = add_user("Waiting"), stranger = add_user("Stranger");
    const TripId trip = add_trip(driver, by_approval), other = add_trip(add_driver("Other"));
    const BookingId rides = book(passenger, trip)->id, request = book(waiting, trip)->id;
    ASSERT_TRUE(act(&BookingService::accept, as(driver), rides));
    confirmed(stranger, other);
    start(trip);
    EXPECT_EQ(of(passenger, trip), Lines{"trip started"});
    EXPECT_EQ(of(waiting, trip), Lines{}) << "the request has expired";
    EXPECT_EQ(of(waiting, request).back(), "booking expired");
    cancel(trip, CancelledBy::driver);
    EXPECT_EQ(of(passenger, trip), (Lines{"trip started", "trip cancelled"}));
    EXPECT_EQ(of(waiting, trip), Lines{});
    EXPECT_EQ(of(stranger, trip), Lines{});
}

TEST_F(LiveNews, ACancelledTripTellsEveryoneItWasFor) {
    const UserId waiting = add_user("Waiting"), gone = add_user("Gone");
    const TripId trip = add_trip(driver, by_approval);
    const BookingId rides = book(passenger, trip)->id, left = book(gone, trip)->id;
    ASSERT_TRUE(book(waiting, trip));
    ASSERT_TRUE(act(&BookingService::accept, as(driver), rides));
    ASSERT_TRUE(act(&BookingService::cancel, as(gone), left));
    cancel(trip, CancelledBy::system);
    EXPECT_EQ(of(passenger, trip), Lines{"trip cancelled"});
    EXPECT_EQ(of(waiting, trip), Lines{"trip cancelled"});
    EXPECT_EQ(of(gone, trip), Lines{}) << "it was no longer theirs";
}

// A message on its way is shown on the page that is open, too.
TEST_F(LiveNews, ALetterIsToldToItsReader) {
    const UserId stranger = add_user("Stranger");
    const TripId trip = add_trip(driver);
    const BookingId id = confirmed(passenger, trip);
    database_.execute("delete from user_events");
    deliver_news();
    EXPECT_EQ(of(driver, id), Lines{"notification booking_taken"});
    EXPECT_EQ(count_told(db_), static_cast<std::int64_t>(mailbox.letters.size()));
    news_are_over();
    cancel(trip, CancelledBy::admin);
    database_.execute("delete from user_events");
    deliver_news();
    EXPECT_EQ(of(driver, trip), Lines{"notification trip_cancelled"});
    EXPECT_EQ(of(passenger, id), Lines{"notification booking_cancelled_by_safargo"});
    EXPECT_EQ(live_events_of(db_, stranger), Lines{});
}

}  // namespace
}  // namespace safargo::bookings
