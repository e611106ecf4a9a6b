// Trips of a driver whose card changes are recorded for the search index (trip_changes, by a trigger).
#include "db/blocking_connection.hpp"
#include "features/users/users_world_test.hpp"

#include <gmock/gmock.h>

namespace safargo::users {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using Ids = std::vector<std::string>;

class DriverFeed : public test::UsersWorld {
protected:
    DriverFeed() { forget(); }
    void forget() { execute("delete from trip_changes"); }
    // Returns the trips recorded since the last call, and clears them.
    Ids told() {
        static constexpr db::Statement all{"test_told", "select trip_id::text from trip_changes"};
        const db::Rows rows = test::run(database.db().query(all));
        Ids ids;
        for (const db::Row row : rows) ids.push_back(row.get<std::string>(0));
        forget();
        return ids;
    }
    Ids told_by(std::string_view change) {
        execute("update users set {} where id = '{}'", change, ahmed.id.str());
        return told();
    }
    std::string version(std::string_view trip) {
        return read(fmt::format("(select version from trips where id = '{}')", trip), ahmed);
    }

    Caller ahmed = add_driver("Ahmed Benali", "+213550000001"), badis = add_driver("Badis Kaci", "+213550000002");
    std::string first = add_trip(ahmed, "open"), second = add_trip(ahmed, "open");
    std::string others = add_trip(badis, "open");
    std::string unseen[4] = {add_trip(ahmed, "draft"), add_trip(ahmed, "cancelled"), add_trip(ahmed, "completed"),
                             add_trip(ahmed, "in_progress")};
};

TEST_F(DriverFeed, RecordsTheOpenTripsOfADriverWhoseCardChanges) {
    for (const auto* change :
         {"name = 'Ahmed Kaci'", "status = 'suspended'", "kyc_approved_at = now()", "kyc_approved_at = null",
          "rating_sum = rating_sum + 5", "rating_count = 1", "response_seconds_sum = 60", "response_count = 1",
          "photo_id = gen_random_uuid()", "photo_id = null"}) {
        EXPECT_THAT(told_by(change), UnorderedElementsAre(first, second)) << change;
    }
    EXPECT_EQ(version(first), "1") << "a passenger who is about to book may hold this version";
}

TEST_F(DriverFeed, RecordsNothingThatNoCardShows) {
    for (const auto* change : {"bio = 'Bonjour'", "trips_driven = trips_driven + 1", "ignored_requests = 3",
                               "late_cancellations = 1", "photo_url = 'x'", "name = name, rating_sum = rating_sum"}) {
        EXPECT_THAT(told_by(change), IsEmpty()) << change;
    }
}

// The search index reads rows of transactions it had not seen: the row must belong to the transaction of the change.
TEST_F(DriverFeed, RecordsItInTheTransactionOfTheChange) {
    db::BlockingConnection writer(database.url());
    writer.execute("begin; update users set name = 'Ahmed Kaci' where id = '" + ahmed.id.str() + "'");
    const std::string changing = writer.query("select pg_current_xact_id()::text")[0].get<std::string>(0);
    const std::string late = add_trip(ahmed, "open");  // published meanwhile
    forget();
    writer.execute("commit");
    static constexpr db::Statement xids{"test_xids", "select distinct xid::text from trip_changes"};
    const db::Rows rows = test::run(database.db().query(xids));
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].get<std::string>(0), changing);
    EXPECT_THAT(told(), UnorderedElementsAre(first, second, late));
}

}  // namespace
}  // namespace safargo::users
