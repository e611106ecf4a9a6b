// Trips, and the seats that bookings take.
#pragma once

#include "features/drivers/module.hpp"
#include "features/live/module.hpp"
#include "features/trips/editing.hpp"
#include "features/trips/lifecycle.hpp"
#include "features/trips/listeners.hpp"
#include "features/trips/queries.hpp"
#include "features/trips/seats.hpp"
#include "features/vehicles/module.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::trips {

class Module final : public platform::Module {
public:
    // `cards` and `atlas` are shared by all threads.
    Module(const platform::Platform& platform, live::Module& live, drivers::Module& drivers, vehicles::Module& vehicles,
           CardCache& cards, const Atlas& atlas);

    void add_routes(api::Endpoints& endpoints) override;
    std::vector<platform::Job> jobs() override;
    platform::PersonalData personal_data() const override;

    Seats& seats() { return seats_; }
    // Adds a listener to a trip's changes; they are called in the order added: bookings first. Before the first
    // request.
    void add_listener(TripListener& listener) { listeners_.add(listener); }

private:
    TripNeighbours neighbours_;
    TripListeners listeners_;
    TripEditing editing_;
    TripLifecycle lifecycle_;
    TripSeats seats_;
    TripQueries queries_;
};

}  // namespace safargo::trips
