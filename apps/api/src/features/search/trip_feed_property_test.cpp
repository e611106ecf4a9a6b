// Many writers with random transactions, and a feed that reads at random moments: after every reading it knows exactly
// what is committed.
#include "features/search/search_world_test.hpp"

#include <algorithm>
#include <cstdlib>
#include <random>
#include <set>

namespace safargo::search {
namespace {

int scale() {
    const char* text = std::getenv("SAFARGO_TEST_SCALE");
    return text ? std::max(1, std::atoi(text)) : 1;
}

// One connection with at most one transaction. A trip it has changed stays locked until the end, as in the database.
struct Writer {
    db::BlockingConnection connection;
    bool open = false;
    std::vector<std::set<TripId>> touched{};  // per savepoint, the transaction's own first
    std::vector<TripId> inserted{};           // invisible to others before the commit
};

class RandomWriters : public SearchWorld {
protected:
    void begin_world(std::uint64_t seed) {
        random_.seed(seed);
        for (int k = 0; k < 6; ++k) writers_.push_back({.connection = db::BlockingConnection(database.url())});
        for (int k = 0; k < 8; ++k) trips_.push_back(offer());
        poll();
    }
    void step() {
        const int dice = integer(0, 99);
        if (dice < 70) {
            write(writers_[static_cast<std::size_t>(integer(0, 5))]);
        } else if (dice < 88) {
            read();
        } else if (dice < 94) {
            clock.advance(std::chrono::minutes{integer(1, 15)});
            testing::run(prune_trip_changes(database.db(), clock.now()));
        } else if (dice < 96) {
            execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and "
                "application_name = 'safargo-feed'");
        } else {
            trips_.push_back(offer());
        }
    }
    void read() {
        try {
            poll();
        } catch (const std::exception&) {
            poll();  // its connection was killed
        }
        expect_equal_to_table();
        EXPECT_EQ(ratings_of(index), stored_ratings());
    }
    void end_all() {
        for (Writer& writer : writers_) {
            if (writer.open) end(writer, integer(0, 1) == 0);
        }
        read();
    }
    int integer(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }

private:
    void write(Writer& writer) {
        if (!writer.open) {
            writer.connection.execute("begin");
            writer.open = true;
            writer.touched.assign(1, {});
        }
        const int dice = integer(0, 99);
        if (dice < 20) {
            insert(writer);
        } else if (dice < 60) {
            alter(writer);
        } else if (dice < 70 && writer.touched.size() < 4) {
            writer.connection.execute("savepoint s" + std::to_string(writer.touched.size()));
            writer.touched.emplace_back();
        } else if (dice < 78 && writer.touched.size() > 1) {
            leave_savepoint(writer, integer(0, 1) == 0);
        } else if (dice >= 85) {
            end(writer, integer(0, 3) > 0);
        }
    }
    void insert(Writer& writer) {
        const auto trip = ride();
        writer.connection.execute(insert_trip(trip));
        writer.touched.back().insert(trip.id);
        writer.inserted.push_back(trip.id);
    }
    // A trip that no other writer holds.
    void alter(Writer& writer) {
        std::vector<TripId> free;
        for (const TripId trip : trips_) {
            if (!held_by_another(writer, trip)) free.push_back(trip);
        }
        for (const TripId trip : writer.inserted) free.push_back(trip);
        if (free.empty()) return;
        const TripId trip = free[static_cast<std::size_t>(integer(0, static_cast<int>(free.size()) - 1))];
        const int dice = integer(0, 9);
        const std::string seats = "leg_seats_left = '{" + std::to_string(integer(1, 8)) + "}'";
        writer.connection.execute(dice < 3 ? change_driver(trip, dice)
                                           : change(trip, dice == 3 ? "status = 'cancelled'" : seats));
        writer.touched.back().insert(trip);
    }
    // Each of these trips has a driver of its own.
    std::string change_driver(TripId trip, int dice) {
        const std::string review = "rating_count = 10, rating_sum = " + std::to_string(integer(10, 50));
        const std::string status = integer(0, 1) == 0 ? "status = 'suspended'" : "status = 'active'";
        return "update users set " + (dice == 0 ? status : review) + " where id = (select driver_id from trips" +
               by_id(trip) + ")";
    }
    std::map<TripId, int> stored_ratings() const {
        std::map<TripId, int> ratings;
        db::BlockingConnection connection(database.url());
        const db::Rows rows = connection.query(
            "select t.id, u.rating_sum from trips t join users u on u.id = t.driver_id "
            "where t.status = 'open' and u.status = 'active' and u.rating_count > 0");
        for (const db::Row row : rows) ratings[row.get<TripId>(0)] = static_cast<int>(row.get<std::int64_t>(1));
        return ratings;
    }
    bool held_by_another(const Writer& writer, TripId trip) const {
        return std::ranges::any_of(writers_, [&](const Writer& other) {
            return &other != &writer && other.open &&
                   std::ranges::any_of(other.touched, [&](const auto& level) { return level.contains(trip); });
        });
    }
    static void leave_savepoint(Writer& writer, bool keep) {
        const std::set<TripId> level = writer.touched.back();
        writer.touched.pop_back();
        const std::string name = "s" + std::to_string(writer.touched.size());
        writer.connection.execute((keep ? "release savepoint " : "rollback to savepoint ") + name);
        if (keep) {
            writer.touched.back().insert(level.begin(), level.end());
        } else {
            for (const TripId trip : level) forget_undone(writer, trip);
        }
    }
    // Inserted in the part that was undone; an older level may have inserted it and only this one changed it.
    static void forget_undone(Writer& writer, TripId trip) {
        const bool older = std::ranges::any_of(writer.touched, [&](const auto& level) { return level.contains(trip); });
        if (!older) std::erase(writer.inserted, trip);
    }
    void end(Writer& writer, bool commit) {
        writer.connection.execute(commit ? "commit" : "rollback");
        if (commit) trips_.insert(trips_.end(), writer.inserted.begin(), writer.inserted.end());
        writer.open = false;
        writer.inserted.clear();
        writer.touched.clear();
    }

    std::mt19937_64 random_;
    std::vector<Writer> writers_;
    std::vector<TripId> trips_;  // committed, in that order: the same run for the same seed
};

TEST_F(RandomWriters, TheFeedKnowsExactlyWhatIsCommitted) {
    begin_world(20'261'201);
    for (int k = 0; k < 1'500 * scale(); ++k) {
        step();
        ASSERT_FALSE(HasFailure()) << "step " << k;
    }
    end_all();
    EXPECT_GT(count("feed_poll"), 100);
    EXPECT_LT(loadings(), count("feed_poll") / 3) << "most of it came by changes, not by loading again";
}

}  // namespace
}  // namespace safargo::search
