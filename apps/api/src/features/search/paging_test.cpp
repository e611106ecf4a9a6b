// Pages and their cursors: together they are the list, whatever happens between them, and foreign cursors are refused.
#include "features/search/engine_query.hpp"
#include "features/search/search_world_test.hpp"
#include "features/search/service.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace safargo::search {
namespace {

class Paging : public SearchWorld {
protected:
    // Trips that differ in every order, some of them equal in each.
    matching::TripRow varied(int k) {
        auto trip = ride();
        for (auto& stop : trip.stops) stop.time += std::chrono::minutes{k / 2 * 30};
        trip.stops.back().time += std::chrono::minutes{k % 5 * 10};
        trip.stops.back().price = Dinars{1'000 + k % 4 * 100};
        trip.stops.front().at.lat += (k % 6) * 0.01;
        return trip;
    }
    Result<SearchPage> ask(const SearchQuery& wanted, std::optional<Caller> caller = {}) {
        return testing::run(service.search(caller, wanted));
    }
    static SearchQuery wanted(SortBy sort = SortBy::relevance) {
        SearchQuery query;
        query.from = alger;
        query.to = oran;
        query.sort = sort;
        query.limit = Bounded<1, 100>::of<3>();
        return query;
    }
    static SearchQuery next(SearchQuery query, const SearchPage& page) {
        query.cursor = Text<512>::parse(page.next_cursor.value()).value();
        return query;
    }
    void expect_refused(const SearchQuery& query, std::optional<Caller> caller = {}) {
        const auto page = ask(query, caller);
        ASSERT_FALSE(page);
        EXPECT_EQ(page.error().code, Code::malformed_request);
    }
    SearchQuery second_page() {
        for (int k = 0; k < 8; ++k) offer(varied(k));
        poll();
        return next(wanted(), ask(wanted()).value());
    }

    api::CursorSigner cursors{"a secret of at least thirty-two bytes"};
    SearchService service{database.db(), index, drivers, cursors, clock};
};

class PagingInEveryOrder : public Paging, public ::testing::WithParamInterface<SortBy> {};

TEST_P(PagingInEveryOrder, PagesAreTheListWhileTripsComeAndGo) {
    for (int k = 0; k < 20; ++k) offer(varied(k));
    poll();
    SearchQuery query = wanted(GetParam());
    query.limit = Bounded<1, 100>::of<100>();
    const auto whole = ask(query)->items;
    ASSERT_EQ(whole.size(), 20U);
    query.limit = Bounded<1, 100>::of<3>();
    std::vector<TripId> read;
    std::set<TripId> gone, late;
    for (bool more = true; more;) {
        const auto page = ask(query).value();
        for (const FoundTrip& item : page.items) read.push_back(item.trip_id);
        more = page.next_cursor.has_value();
        if (!more) break;
        query = next(query, page);
        // One that was read is removed, once the last of all is removed, and others are added anywhere.
        execute(change(read[read.size() / 2], "status = 'cancelled'"));
        if (gone.insert(whole.back().trip_id).second) execute(change(whole.back().trip_id, "status = 'cancelled'"));
        late.insert(offer(varied(static_cast<int>(read.size()))).id);
        clock.advance(1min);
        poll();
    }
    EXPECT_EQ(std::set(read.begin(), read.end()).size(), read.size()) << "nothing twice";
    std::erase_if(read, [&](TripId trip) { return late.contains(trip); });
    std::vector<TripId> expected;
    for (const FoundTrip& item : whole) {
        if (!gone.contains(item.trip_id)) expected.push_back(item.trip_id);
    }
    EXPECT_EQ(read, expected) << "nothing missed, in order";
}

INSTANTIATE_TEST_SUITE_P(Orders, PagingInEveryOrder,
                         ::testing::Values(SortBy::relevance, SortBy::departure, SortBy::price, SortBy::proximity,
                                           SortBy::duration));

TEST_F(Paging, TheLastPageHasNoCursor) {
    for (int k = 0; k < 6; ++k) offer(varied(k));
    poll();
    const auto first = ask(wanted()).value();
    EXPECT_EQ(first.total, 6);
    const auto second = ask(next(wanted(), first)).value();
    EXPECT_EQ(second.items.size(), 3U);
    EXPECT_EQ(second.total, 6) << "of the query, not of the page";
    EXPECT_FALSE(second.next_cursor) << "the last page may be full";
}

TEST_F(Paging, TheLimitMayChangeFromPageToPage) {
    SearchQuery query = second_page();
    query.limit = Bounded<1, 100>::of<100>();
    EXPECT_EQ(ask(query)->items.size(), 5U);
    query.limit.reset();
    EXPECT_EQ(ask(query)->items.size(), 5U);
}

TEST_F(Paging, ACursorIsValidForItsOwnQueryOnly) {
    const SearchQuery good = second_page();
    ASSERT_TRUE(ask(good));
    auto other = good;
    other.sort = SortBy::price;
    expect_refused(other);
    other = good;
    other.to.lat += 0.000001;
    expect_refused(other);
    other = good;
    other.seats = SeatCount::of<2>();
    expect_refused(other);
    other = good;
    other.date = LocalDate::parse("2026-12-02").value();
    expect_refused(other);
    other = good;
    other.pets = false;
    expect_refused(other);
    const UserId woman = add_user("user", "female");
    expect_refused(good, Caller{.id = woman, .session = {}});
    ASSERT_TRUE(ask(good, Caller{.id = add_user(), .session = {}})) << "another caller who sees the same";
}

TEST_F(Paging, NoBitOfACursorMayChange) {
    SearchQuery query = second_page();
    const std::string good = query.cursor->str();
    for (std::size_t k = 0; k < good.size(); ++k) {
        std::string bad = good;
        bad[k] = bad[k] == 'A' ? 'B' : 'A';
        query.cursor = Text<512>::parse(bad).value();
        const auto page = ask(query);
        ASSERT_FALSE(page) << "character " << k;
        EXPECT_EQ(page.error().code, Code::malformed_request);
    }
    for (const std::string& bad : {good.substr(1), good + "A", good + good, std::string("x"), std::string("....")}) {
        query.cursor = Text<512>::parse(bad).value();
        expect_refused(query);
    }
}

TEST_F(Paging, AnotherKeysCursorAndAnotherVersionsPositionAreRefused) {
    SearchQuery query = second_page();
    SearchQuery asked = query;
    asked.cursor.reset();
    const std::string question = fingerprint(asked, false);
    const auto trip = TripId::make(clock.now());
    const std::string position = print_position({.key = -0.5, .trip = trip});
    const auto with = [&](const std::string& cursor) {
        query.cursor = Text<512>::parse(cursor).value();
        return query;
    };
    ASSERT_TRUE(ask(with(cursors.sign(question, position))));
    expect_refused(with(api::CursorSigner("another secret of thirty-two bytes!!").sign(question, position)));
    for (const std::string& other : {std::string(), std::string("17"), position.substr(1), position + "0",
                                     "z" + position, position.substr(0, 16) + "not-a-trip"}) {
        expect_refused(with(cursors.sign(question, other)));
    }
}

TEST(Position, IsPrintedExactly) {
    const auto trip = TripId::parse("01936d3e-7c00-7000-8000-000000000001").value();
    for (const double key : {0.0, -0.0, -0.93, 1.0 / 3, 1.7e15, std::numeric_limits<double>::denorm_min()}) {
        const matching::Position position{key, trip};
        EXPECT_EQ(parse_position(print_position(position)), position);
    }
}

// Enumerators of the wire map to the engine's by position.
TEST(EngineQuery, EnumeratorsMeanTheSameInTheEngine) {
    EXPECT_EQ(static_cast<int>(SortBy::relevance), static_cast<int>(matching::Sort::relevance));
    EXPECT_EQ(static_cast<int>(SortBy::departure), static_cast<int>(matching::Sort::departure));
    EXPECT_EQ(static_cast<int>(SortBy::price), static_cast<int>(matching::Sort::price));
    EXPECT_EQ(static_cast<int>(SortBy::proximity), static_cast<int>(matching::Sort::proximity));
    EXPECT_EQ(static_cast<int>(SortBy::duration), static_cast<int>(matching::Sort::duration));
}

}  // namespace
}  // namespace safargo::search
