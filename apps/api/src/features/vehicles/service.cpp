#include "features/vehicles/service.hpp"

#include "features/media/service.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace safargo::vehicles {
namespace {

VehicleView view(const Vehicle& vehicle) {
    return {.id = vehicle.id,
            .make = vehicle.make,
            .model = vehicle.model,
            .year = vehicle.year,
            .colour = vehicle.colour,
            .seats = vehicle.seats,
            .plate = vehicle.plate,
            .fuel = vehicle.fuel,
            .created_at = vehicle.created_at,
            .photos = pictures_of(vehicle.photos)};
}

// Whether a car of that year may be on the road: the oldest are from 1950, like the oldest models.
bool is_past_year(int two_digits, Instant now) {
    const std::chrono::year_month_day today{LocalDate::of(now).days};
    return 2000 + two_digits <= static_cast<int>(today.year()) || 1900 + two_digits >= ModelYear::min;
}

// Next year's models are sold this year.
Result<Nothing> check_year(std::int64_t year, Instant now) {
    const std::chrono::year_month_day today{LocalDate::of(now).days};
    const std::int64_t newest = static_cast<int>(today.year()) + 1;
    if (year <= newest) return Nothing{};
    return fail("year", {Rule::out_of_range, std::to_string(ModelYear::min), std::to_string(newest)});
}

Vehicle edited(Vehicle vehicle, const EditVehicle& changes) {
    if (changes.make) vehicle.make = (*changes.make).str();
    if (changes.model) vehicle.model = (*changes.model).str();
    if (changes.year) vehicle.year = *changes.year;
    if (changes.colour) vehicle.colour = *changes.colour;
    if (changes.seats) vehicle.seats = *changes.seats;
    if (changes.plate) vehicle.plate = (*changes.plate).str();
    if (changes.fuel) vehicle.fuel = *changes.fuel;
    return vehicle;
}

// What passengers and the fare cap rely on.
bool touches_promises(const Vehicle& before, const Vehicle& after) {
    return canonical_plate(before.plate) != canonical_plate(after.plate) || before.seats != after.seats ||
           before.fuel != after.fuel;
}

// The trips with the vehicle that have to end first.
std::unexpected<Error> in_use_by_trips() {
    return fail(Error{.code = Code::illegal_transition,
                      .fields = {{"trips.status", {Rule::not_allowed, "draft, completed, cancelled"}}},
                      .reason = Violation{Rule::used_by_trips}});
}

constexpr std::size_t most_photos = 6;

std::unexpected<Error> too_many_photos() {
    return fail(
        Error{.code = Code::too_many_photos, .reason = Violation{Rule::most_photos, std::to_string(most_photos)}});
}

std::string page_query(UserId driver) {
    return "vehicles " + driver.str();
}

}  // namespace

Task<Result<VehiclePage>> VehicleService::list(Caller caller, ListVehicles wanted) {
    std::optional<VehicleId> after;
    if (wanted.cursor) {
        auto position = cursors_.open(page_query(caller.id), wanted.cursor->str());
        if (!position) co_return std::unexpected(std::move(position.error()));
        after = VehicleId::parse(*position).value();
    }
    const std::int64_t limit = wanted.limit ? wanted.limit->value() : 20;
    const std::vector<Vehicle> found = co_await rows_.list(database_, caller.id, after, limit + 1);
    VehiclePage page;
    for (const Vehicle& vehicle : found) {
        if (std::ssize(page.items) == limit) {
            page.next_cursor = cursors_.sign(page_query(caller.id), page.items.back().id.str());
            break;
        }
        page.items.push_back(view(vehicle));
    }
    co_return page;
}

Task<Result<VehicleView>> VehicleService::show(Caller caller, VehicleId id) {
    const auto vehicle = co_await rows_.find_own(database_, caller.id, id);
    if (!vehicle) co_return fail(Code::not_found);
    co_return view(*vehicle);
}

Task<Result<VehicleView>> VehicleService::add(db::Transaction& tx, Caller caller, AddVehicle wanted) {
    const Instant now = clock_.now();
    if (auto year = check_year(wanted.year, now); !year) co_return std::unexpected(std::move(year.error()));
    if (auto plate = check_plate(wanted.plate); !plate) co_return std::unexpected(std::move(plate.error()));
    const Vehicle vehicle{.id = VehicleId::make(now),
                          .driver = caller.id,
                          .make = wanted.make.str(),
                          .model = wanted.model.str(),
                          .year = wanted.year,
                          .colour = wanted.colour,
                          .seats = wanted.seats,
                          .plate = wanted.plate.str(),
                          .fuel = wanted.fuel,
                          .created_at = now};
    auto inserted = co_await rows_.insert(tx, vehicle);
    if (!inserted) co_return std::unexpected(std::move(inserted.error()));
    co_return view(vehicle);
}

Result<Nothing> VehicleService::check_plate(const Plate& plate) const {
    const bool known =
        std::ranges::find(country_.wilayas, plate.wilaya(), &geo::Wilaya::code) != country_.wilayas.end();
    if (known && is_past_year(plate.year(), clock_.now())) return Nothing{};
    const Rule part = known ? Rule::unknown_plate_year : Rule::unknown_wilaya;
    return fail(Error{.code = Code::validation_failed,
                      .fields = {{"plate", {Rule::unknown_reference}}},
                      .reason = Violation{part, fmt::format("{:02}", known ? plate.year() : plate.wilaya())}});
}

// The driver's row first: publishing a trip takes it too, so use and change cannot cross.
Task<Result<Vehicle>> VehicleService::lock_own(db::Transaction& tx, UserId driver, VehicleId id) {
    if (!co_await drivers_.lock(tx, driver)) co_return fail(Code::not_found);
    auto vehicle = co_await rows_.find_own(tx, driver, id);
    if (!vehicle) co_return fail(Code::not_found);
    co_return std::move(*vehicle);
}

Task<Result<VehicleView>> VehicleService::edit(db::Transaction& tx, Caller caller, VehicleId id, EditVehicle changes) {
    auto before = co_await lock_own(tx, caller.id, id);
    if (!before) co_return std::unexpected(std::move(before.error()));
    const Vehicle after = edited(*before, changes);
    if (auto year = check_year(after.year, clock_.now()); !year) co_return std::unexpected(std::move(year.error()));
    if (changes.plate) {
        if (auto plate = check_plate(*changes.plate); !plate) co_return std::unexpected(std::move(plate.error()));
    }
    if (touches_promises(*before, after) && co_await rows_.in_use(tx, caller.id, id)) co_return in_use_by_trips();
    auto updated = co_await rows_.update(tx, after);
    if (!updated) co_return std::unexpected(std::move(updated.error()));
    co_return view(after);
}

Task<Result<Nothing>> VehicleService::remove(db::Transaction& tx, Caller caller, VehicleId id) {
    auto vehicle = co_await lock_own(tx, caller.id, id);
    if (!vehicle) co_return std::unexpected(std::move(vehicle.error()));
    if (co_await rows_.in_use(tx, caller.id, id)) co_return in_use_by_trips();
    const Instant now = clock_.now();
    co_await rows_.mark_deleted(tx, id, now);
    co_await media::discard(tx, std::move(vehicle->photos), now);
    co_return Nothing{};
}

Task<Result<VehicleView>> VehicleService::add_photo(db::Transaction& tx, Caller caller, VehicleId id,
                                                    media::UseUpload wanted) {
    auto vehicle = co_await lock_own(tx, caller.id, id);
    if (!vehicle) co_return std::unexpected(std::move(vehicle.error()));
    if (std::ranges::count(vehicle->photos, PictureId{wanted.upload_id.value}) > 0) co_return view(*vehicle);
    if (vehicle->photos.size() >= most_photos) co_return too_many_photos();
    const auto photo =
        co_await media::claim(tx, caller.id, wanted.upload_id, media::Purpose::vehicle_photo, clock_.now());
    if (!photo) co_return std::unexpected(photo.error());
    vehicle->photos.push_back(photo->id);
    co_await rows_.set_photos(tx, id, vehicle->photos);
    co_return view(*vehicle);
}

Task<Result<Nothing>> VehicleService::remove_photo(db::Transaction& tx, Caller caller, VehiclePhoto photo) {
    auto vehicle = co_await lock_own(tx, caller.id, photo.id);
    if (!vehicle) co_return std::unexpected(std::move(vehicle.error()));
    if (std::erase(vehicle->photos, photo.picture_id) == 0) co_return fail(Code::not_found);
    co_await rows_.set_photos(tx, photo.id, std::move(vehicle->photos));
    co_await media::discard(tx, {photo.picture_id}, clock_.now());
    co_return Nothing{};
}

}  // namespace safargo::vehicles
