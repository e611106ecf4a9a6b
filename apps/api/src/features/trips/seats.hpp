// The seats of trips in their table.
#pragma once

#include "features/trips/lifecycle.hpp"
#include "features/trips/service.hpp"

namespace safargo::trips {

class TripSeats final : public Seats {
public:
    TripSeats(drivers::DriverService& drivers, TripLifecycle& lifecycle) : drivers_(drivers), lifecycle_(lifecycle) {}

    Task<std::optional<Trip>> lock(db::Transaction& tx, TripId id) override;
    Task<std::vector<Trip>> lock_all(db::Transaction& tx, std::vector<TripId> ids) override;
    Task<std::optional<Trip>> find(db::Session& session, TripId id) override;
    Task<Result<Nothing>> take(db::Transaction& tx, Trip& trip, int from, int to, int seats) override;
    Task<void> give_back(db::Transaction& tx, Trip& trip, int from, int to, int seats) override;
    Task<std::optional<Trip>> lock_with_driver(db::Transaction& tx, UserId driver, TripId id) override;
    Result<Nothing> may_start(const Trip& trip) const override;
    Task<Result<Nothing>> begin_ride(db::Transaction& tx, Trip& trip) override;

private:
    drivers::DriverService& drivers_;
    TripLifecycle& lifecycle_;
    TripRepository rows_;
};

}  // namespace safargo::trips
