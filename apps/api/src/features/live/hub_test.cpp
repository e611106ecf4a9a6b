// Who receives which event, and when.
#include "core/metrics.hpp"
#include "features/live/live_world_test.hpp"
#include "testing/tcp_proxy.hpp"

#include <map>

namespace safargo::live::test {
namespace {

using namespace std::chrono_literals;

class HubTest : public LiveWorld {};

TEST_F(HubTest, ACommitReachesTheOpenPagesOfWhomItConcerns) {
    const UserId passenger = somebody(), driver = somebody(), stranger = somebody();
    const PagePtr of_passenger = open(here, passenger), of_driver = open(here, driver), other = open(here, stranger);
    EXPECT_EQ(of_passenger->lines, Lines{"0 open"});
    tell("confirmed", {passenger, driver});
    tell("boarded", {passenger, driver});
    until([&] { return of_passenger->events().size() == 2 && of_driver->events().size() == 2; });
    EXPECT_EQ(of_passenger->events(), (Lines{"1 booking confirmed", "2 booking boarded"}));
    EXPECT_EQ(of_driver->events(), of_passenger->events());
    settle(*other, stranger);
    EXPECT_EQ(other->events(), Lines{});
}

TEST_F(HubTest, EveryKindOfNewsHasItsName) {
    const UserId user = somebody();
    const PagePtr page = open(here, user);
    const TripId trip = TripId::make(clock.now());
    db::Transaction tx = begin();
    here.announcer.tell(tx, News::of(booking, "a"), {user}, clock.now());
    here.announcer.tell(tx, News::of(trip, "b"), {user}, clock.now());
    here.announcer.tell(tx, {Topic::notification, {trip.value}, "c"}, {user}, clock.now());
    here.announcer.tell(tx, {Topic::message, {trip.value}, "d"}, {user}, clock.now());
    commit(tx);
    until([&] { return page->events().size() == 4; });
    EXPECT_EQ(page->events(), (Lines{"1 booking a", "2 trip b", "3 notification c", "4 message d"}));
}

// Two versions run side by side: what the newer one tells must not end the streams of the older one's people.
TEST_F(HubTest, NewsThatOnlyANewerVersionKnowsAreHandedOutToo) {
    database.execute("alter table user_events drop constraint user_events_event_check");
    const UserId user = somebody(), neighbour = somebody();
    const PagePtr page = open(here, user), other = open(here, neighbour);
    database.execute("insert into user_events (user_id, event, subject_id, what, at) values ('" + user.str() +
                     "', 'parcel', '" + booking.str() + "', 'sent', now())");
    tell("confirmed", {user, neighbour});
    until([&] { return page->events().size() == 2 && other->events().size() == 1; });
    EXPECT_EQ(page->events(), (Lines{"1 parcel sent", "2 booking confirmed"}));
    EXPECT_EQ(other->events(), Lines{"1 booking confirmed"});
}

TEST_F(HubTest, APersonNamedTwiceIsToldOnce) {
    const UserId user = somebody();
    const PagePtr page = open(here, user);
    tell("confirmed", {user, user});
    settle(*page, user);
    EXPECT_EQ(page->events(), Lines{"1 booking confirmed"});
}

TEST_F(HubTest, NothingIsToldBeforeTheCommitNorAfterARollback) {
    const UserId user = somebody();
    const PagePtr page = open(here, user);
    db::Transaction undone = begin(), late = begin();
    tell_in(undone, "undone", {user});
    tell_in(late, "late", {user});
    settle(*page, user);
    EXPECT_EQ(page->events(), Lines{});
    testing::run(undone.rollback());
    commit(late);
    settle(*page, user);
    EXPECT_EQ(page->events(), Lines{"2 booking late"});
}

// An identity is taken when a row is written, so an id alone would hide the row that commits later.
TEST_F(HubTest, WhatCommitsLaterComesLater) {
    const UserId user = somebody();
    PagePtr page = open(here, user);
    db::Transaction slow = begin(), quick = begin();
    tell_in(slow, "slow", {user});
    tell_in(quick, "quick", {user});
    commit(quick);
    until([&] { return page->events().size() == 1; });
    EXPECT_EQ(page->events(), Lines{"1 booking quick"});
    commit(slow);
    until([&] { return page->events().size() == 2; });
    EXPECT_EQ(page->events().back(), "2 booking slow");
}

TEST_F(HubTest, AClientThatComesBackMissesNothingThatCommittedLate) {
    const UserId user = somebody();
    PagePtr page = open(here, user);
    db::Transaction slow = begin(), quick = begin();
    tell_in(slow, "slow", {user});
    tell_in(quick, "quick", {user});
    commit(quick);
    until([&] { return page->events().size() == 1; });
    page->close();
    commit(slow);
    const PagePtr again = reopen(here, user, *page);
    until([&] { return again->events().size() == 1; });
    EXPECT_EQ(again->events(), Lines{"2 booking slow"});
}

TEST_F(HubTest, WhatHappensBeforeTheFirstEventIsNotMissedEither) {
    const UserId user = somebody();
    tell("before", {user});
    PagePtr page = open(here, user);
    EXPECT_EQ(page->lines, Lines{"1 open"}) << "the past is read from the routes";
    page->close();
    tell("meanwhile", {user});
    const PagePtr again = reopen(here, user, *page);
    settle(*again, user);
    EXPECT_EQ(again->events(), Lines{"2 booking meanwhile"});
}

// Between reading where a stream begins and its opening, nobody knows of it.
TEST_F(HubTest, WhatIsToldWhileAStreamOpensIsFound) {
    const UserId user = somebody();
    auto opened = testing::run(here.streams.open(caller(user), {}));
    tell("meanwhile", {user});
    Page page;
    page.source = std::move(opened->source);
    page.source->open(page);
    until([&] { return page.events().size() == 1; });
    EXPECT_EQ(page.events(), Lines{"1 booking meanwhile"});
}

TEST_F(HubTest, SeveralPagesOfAPersonFollowEachFromItsOwnPlace) {
    const UserId user = somebody();
    const PagePtr first = open(here, user);
    tell("one", {user});
    tell("two", {user});
    until([&] { return first->events().size() == 2; });
    const PagePtr from_one = open(here, user, 1), from_now = open(here, user), from_start = open(here, user, 0);
    tell("three", {user});
    until([&] { return from_now->events().size() == 1 && from_one->events().size() == 2; });
    until([&] { return first->events().size() == 3 && from_start->events().size() == 3; });
    EXPECT_EQ(from_one->events(), (Lines{"2 booking two", "3 booking three"}));
    EXPECT_EQ(from_now->events(), Lines{"3 booking three"});
    EXPECT_EQ(first->events(), (Lines{"1 booking one", "2 booking two", "3 booking three"}));
    EXPECT_EQ(from_start->events(), first->events());
}

TEST_F(HubTest, AThreadIsWokenByTheNewsOfAnother) {
    StreamService other_thread{database.db(), clock, sessions, here.switchboard, woken};
    const UserId user = somebody();
    const PagePtr page = open(here, user);
    auto opened = testing::run(other_thread.open(caller(user), {}));
    Page beside;
    beside.source = std::move(opened->source);
    beside.source->open(beside);
    tell("confirmed", {user});
    until([&] { return page->events().size() == 1 && beside.events().size() == 1; });
    EXPECT_EQ(beside.events(), page->events());
}

TEST_F(HubTest, ALostWakeUpOnlyDelays) {
    Process unheard{database.db(), clock, sessions, looking};
    const UserId user = somebody();
    const PagePtr page = open(unheard, user);
    tell("confirmed", {user});  // by another process, without a connection between the two
    until([&] { return page->events().size() == 1; });
    EXPECT_EQ(page->events(), Lines{"1 booking confirmed"});
}

TEST_F(HubTest, TwoProcessesNumberTheSameEventsOnce) {
    Process other{database.db(), clock, sessions, looking};
    Process third{database.db(), clock, sessions, looking};
    const UserId user = somebody();
    const PagePtr one = open(other, user), two = open(third, user);
    for (int i = 0; i < 50; ++i) tell(std::to_string(i), {user});
    until([&] { return one->events().size() == 50 && two->events().size() == 50; });
    EXPECT_EQ(one->events(), two->events());
    EXPECT_EQ(one->events().front(), "1 booking 0");
    EXPECT_EQ(one->events().back(), "50 booking 49");
}

TEST_F(HubTest, ABusyConnectionIsGivenNothingUntilItIsReady) {
    const UserId user = somebody();
    const PagePtr page = open(here, user), reader = open(here, user);
    page->ready = false;
    for (int i = 0; i < 3; ++i) tell(std::to_string(i), {user});
    until([&] { return reader->events().size() == 3; });
    EXPECT_EQ(page->events(), Lines{});
    page->become_ready();
    until([&] { return page->events().size() == 3; });
    EXPECT_EQ(page->events(), reader->events());
}

TEST_F(HubTest, ALongAbsenceIsCaughtUpWithPageByPage) {
    const UserId user = somebody();
    database.execute("insert into user_events (user_id, event, subject_id, what, at) select '" + user.str() +
                     "', 'trip', gen_random_uuid(), 'w' || n, now() from generate_series(1, 250) n");
    const PagePtr page = open(here, user, 0);
    page->busy_after_event = true;
    until([&] { return page->events().size() == events_per_person; });
    page->become_ready();
    until([&] { return page->events().size() == 2 * events_per_person; });
    page->become_ready();
    until([&] { return page->events().size() == 250; });
    EXPECT_EQ(page->events().back(), "250 trip w250");
    page->become_ready();
    settle(*page, user);
    EXPECT_EQ(page->events().size(), 250U);
}

// One reading holds only so many, whoever they belong to.
TEST_F(HubTest, ManyPeopleComeBackAtOnce) {
    std::vector<UserId> people;
    std::vector<PagePtr> pages;
    for (int i = 0; i < 60; ++i) people.push_back(somebody());
    for (int i = 0; i < 100; ++i) {
        db::Transaction tx = begin();
        here.announcer.tell(tx, News::of(booking, "w" + std::to_string(i)), people, clock.now());
        commit(tx);
    }
    for (const UserId user : people) pages.push_back(open(here, user, 0));
    for (const PagePtr& page : pages) {
        until([&] { return page->events().size() == 100; });
        EXPECT_EQ(page->events().back(), "100 booking w99");
    }
}

TEST_F(HubTest, OneReadingServesEverybodyWhoWasWoken) {
    std::map<std::string, int, std::less<>> statements;
    db::Options options = database.options();
    options.on_statement = [&](std::string_view name, auto, bool) { ++statements[std::string(name)]; };
    db::Database counted(testing::shared_context()->get_executor(), options);
    Process process{counted, clock, sessions, woken};
    std::vector<UserId> people;
    std::vector<PagePtr> pages;
    for (int i = 0; i < 50; ++i) {
        people.push_back(somebody());
        pages.push_back(open(process, people.back()));
    }
    tell(process.announcer, "warm", {people[0]});
    until([&] { return pages[0]->events().size() == 1; });
    const int before = statements["live_read"];
    tell(process.announcer, "confirmed", people);
    for (const PagePtr& page : pages) {
        until([&] { return page->lines.back().ends_with(" confirmed"); });
    }
    EXPECT_EQ(statements["live_read"], before + 1);
}

// The value of a counter without labels.
double counted(std::string_view name) {
    const std::string all = metrics::render();
    const std::size_t at = all.find("\n" + std::string(name) + " ");
    return at == std::string::npos ? 0 : std::stod(all.substr(at + name.size() + 2));
}

TEST_F(HubTest, AnOutageOfTheDatabaseOnlyDelays) {
    const auto [host, port] = testing::server_address();
    testing::TcpProxy proxy(host, port);
    db::Options options = database.options();
    options.url = testing::url_at(proxy.port(), database.name());
    options.pool_wait = options.connect_timeout = 50ms;
    db::Database unreliable(testing::shared_context()->get_executor(), options);
    Process process{unreliable, clock, sessions, looking};
    const UserId user = somebody();
    const PagePtr page = open(process, user);
    proxy.cut();
    const double failed = counted("safargo_live_failures_total");
    tell("meanwhile", {user});
    until([&] { return counted("safargo_live_failures_total") > failed + 1; });
    EXPECT_EQ(page->events(), Lines{});
    proxy.resume();
    until([&] { return page->events().size() == 1; });
    EXPECT_FALSE(page->ended);
}

TEST_F(HubTest, WithoutStreamsNothingIsRead) {
    const UserId user = somebody();
    PagePtr page = open(here, user);
    settle(*page, user);
    page->close();
    tell("unseen", {user});
    page = reopen(here, user, *page);
    settle(*page, user);
    EXPECT_EQ(page->events(), Lines{"2 booking unseen"}) << "and it follows again";
}

}  // namespace
}  // namespace safargo::live::test
