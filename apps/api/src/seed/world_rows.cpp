#include "seed/world_rows.hpp"

#include "seed/copy_line.hpp"
#include "seed/trip_copy.hpp"

namespace safargo::seed {
namespace {

constexpr std::size_t chunk_bytes = std::size_t{128} * 1'024;
constexpr std::size_t shown_steps = 200;  // of progress, for any number of trips

constexpr std::string_view copy_users =
    "copy users (id, email, name, role, locale, languages, gender, gender_confirmed_at, kyc_approved_at, "
    "documents_valid_until, rating_sum, rating_count, trips_driven, created_at) from stdin";
constexpr std::string_view copy_licences =
    "copy drivers (user_id, licence_number, licence_expires_on, created_at) from stdin";
constexpr std::string_view copy_vehicles =
    "copy vehicles (id, driver_id, make, model, year, colour, seats, plate, fuel, created_at) from stdin";
const std::string copy_all_trips = "copy trips (" + std::string(trip_copy_columns) + ") from stdin";

void append_user(std::string& out, const DemoDriver& driver) {
    CopyLine line(out);
    const auto add_if_verified = [&] { driver.verified ? line.add(driver.joined_at) : line.add_null(); };
    line.add_plain(driver.id.str());
    line.add(std::string_view(driver.email));
    line.add(std::string_view(driver.name));
    line.add_plain("driver");
    line.add(std::string_view(driver.locale));
    line.add_plain("{fr,ar}");
    line.add_plain(driver.female ? "female" : "male");
    add_if_verified();  // gender
    add_if_verified();  // identity
    driver.verified ? line.add_plain("2099-12-31") : line.add_null();
    line.add(driver.rating_sum);
    line.add(std::int64_t{driver.rating_count});
    line.add(std::int64_t{driver.trips_driven});
    line.add(driver.joined_at);
}

void append_licence(std::string& out, const DemoDriver& driver) {
    CopyLine line(out);
    line.add_plain(driver.id.str());
    line.add(std::string_view(driver.licence_number));
    line.add(driver.licence_expires_on);
    line.add(driver.joined_at);
}

void append_vehicle(std::string& out, const DemoDriver& driver) {
    CopyLine line(out);
    line.add_plain(driver.vehicle.str());
    line.add_plain(driver.id.str());
    line.add(std::string_view(driver.make));
    line.add(std::string_view(driver.model));
    line.add(std::int64_t{driver.year});
    line.add(std::string_view(driver.colour));
    line.add(std::int64_t{driver.seats});
    line.add(std::string_view(driver.plate));
    line.add_plain(fuel_name(driver.fuel));
    line.add(driver.joined_at);
}

Task<void> copy_table(db::Transaction& tx, std::string_view sql, std::span<const DemoDriver> drivers,
                      void (*append)(std::string&, const DemoDriver&)) {
    std::size_t next = 0;
    co_await tx.copy_in(sql, [&](std::string& chunk) {
        while (next < drivers.size() && chunk.size() < chunk_bytes) append(chunk, drivers[next++]);
        return !chunk.empty();
    });
}

}  // namespace

Task<void> copy_drivers(db::Transaction& tx, std::span<const DemoDriver> drivers, Progress progress) {
    progress("drivers", 0, drivers.size());
    co_await copy_table(tx, copy_users, drivers, append_user);
    co_await copy_table(tx, copy_licences, drivers, append_licence);
    co_await copy_table(tx, copy_vehicles, drivers, append_vehicle);
    progress("drivers", drivers.size(), drivers.size());
}

Task<std::size_t> copy_trips(db::Transaction& tx, WorldTrips& trips, std::size_t count, Progress progress) {
    std::size_t made = 0, shown = 0;
    co_await tx.copy_in(copy_all_trips, [&](std::string& chunk) {
        while (chunk.size() < chunk_bytes) {
            const auto trip = trips.next();
            if (!trip) break;
            append_trip(chunk, *trip);
            ++made;
        }
        if (made < count && made - shown >= count / shown_steps) progress("trips", shown = made, count);
        return !chunk.empty();
    });
    progress("trips", made, made);
    co_return made;
}

}  // namespace safargo::seed
