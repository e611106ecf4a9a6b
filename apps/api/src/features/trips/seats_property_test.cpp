// Seats per leg against a model, whatever is sold and given back.
#include "features/trips/trip_world_test.hpp"
#include "testing/properties.hpp"

#include <algorithm>
#include <span>
#include <tuple>

namespace safargo::trips {
namespace {

constexpr int legs = 9, seats = 4;

struct Sale {
    int from, to, seats;
};

// The expected result for a trip with this many free seats on every leg.
struct Model {
    std::span<int> legs_of(const Sale& sale) {
        return std::span(left).subspan(static_cast<std::size_t>(sale.from),
                                       static_cast<std::size_t>(sale.to - sale.from));
    }
    bool fits(const Sale& sale) {
        return std::ranges::all_of(legs_of(sale), [&](int free) { return free >= sale.seats; });
    }
    void take(const Sale& sale) {
        for (int& free : legs_of(sale)) free -= sale.seats;
        sales.push_back(sale);
    }
    Sale give_back(std::size_t which) {
        const Sale sale = sales.at(which);
        for (int& free : legs_of(sale)) free += sale.seats;
        sales.erase(sales.begin() + static_cast<std::ptrdiff_t>(which));
        return sale;
    }
    std::vector<int> left = std::vector<int>(legs, seats);
    std::vector<Sale> sales{};
};

// Two of its legs, the number of seats, and whether to sell (0 and 1) or to give back a sold one.
using Step = std::tuple<int, int, int, int>;

rc::Gen<std::vector<Step>> any_steps() {
    const auto leg = rc::gen::inRange(0, legs);
    return rc::gen::container<std::vector<Step>>(
        rc::gen::tuple(leg, leg, rc::gen::inRange(1, seats + 1), rc::gen::inRange(0, 3)));
}

class SeatsProperty : public TripWorld {
protected:
    // In one transaction that is rolled back, so that all cases start from the same trip.
    void play(TripId id, const std::vector<Step>& steps) {
        db::Transaction tx = testing::run(db.begin());
        Trip trip = testing::run(trips.seats.lock(tx, id)).value();
        Model model;
        for (const auto& [one, other, wanted, what] : steps) {
            if (model.sales.empty() || what < 2) {
                sell(tx, trip, model, {std::min(one, other), std::max(one, other) + 1, wanted});
            } else {
                give_back(tx, trip, model, static_cast<std::size_t>(one) % model.sales.size());
            }
        }
        while (!model.sales.empty()) give_back(tx, trip, model, 0);
        RC_ASSERT(trip.leg_seats_left == std::vector<int>(legs, seats));
        testing::run(tx.rollback());
    }

private:
    void sell(db::Transaction& tx, Trip& trip, Model& model, const Sale& sale) {
        const std::int64_t version = trip.version;
        const bool taken = testing::run(trips.seats.take(tx, trip, sale.from, sale.to, sale.seats)).has_value();
        RC_ASSERT(taken == model.fits(sale));
        if (taken) model.take(sale);
        RC_ASSERT(trip.leg_seats_left == model.left);
        RC_ASSERT(trip.version == version + (taken ? 1 : 0));
    }
    void give_back(db::Transaction& tx, Trip& trip, Model& model, std::size_t which) {
        const std::int64_t version = trip.version;
        const Sale sale = model.give_back(which);
        testing::run(trips.seats.give_back(tx, trip, sale.from, sale.to, sale.seats));
        RC_ASSERT(trip.leg_seats_left == model.left);
        RC_ASSERT(trip.version == version + 1);
    }
};

TEST_F(SeatsProperty, AgreesWithAModelAndEndsWhereItStarted) {
    const TripId id = offer_legs(legs, seats);
    EXPECT_TRUE(rc::check([&] { play(id, *rc::gen::resize(40, any_steps())); }));
    EXPECT_EQ(left(id), std::vector<int>(legs, seats));
}

}  // namespace
}  // namespace safargo::trips
