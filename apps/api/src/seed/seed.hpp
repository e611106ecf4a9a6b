// Fills an empty database: Algeria (always) and a demo (development only).
#pragma once

#include "core/clock.hpp"
#include "core/task.hpp"
#include "db/database.hpp"
#include "geo/gazetteer.hpp"
#include "geo/road_graph.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::seed {

// Reports a step and its progress; done == total at its end.
using Progress = std::function<void(std::string_view step, std::size_t done, std::size_t total)>;

struct SeedReport {
    bool up_to_date = false;                            // exactly these files were already loaded: nothing changed
    std::size_t wilayas = 0, communes = 0, places = 0;  // rows added or changed
};

// Loads wilayas.csv, cities.csv, places.csv and alternate_names.csv of `data_dir` into their tables, in one
// transaction. Throws geo::BadData for an invalid file. Rows removed from the files stay in the tables.
Task<SeedReport> load_reference(db::Database& database, std::filesystem::path data_dir, Progress progress);

struct DemoOptions {
    std::size_t trips = 2'000;  // approximate number of open trips in the next 30 days
    std::uint64_t seed = 1;     // another seed gives other drivers and trips
    std::filesystem::path data_dir = "packages/database/data";
};

struct DemoAccount {
    std::string role;  // "passenger", "driver", "admin"
    std::string name;
    std::string phone;  // E.164
};

// The accounts created by load_demo.
std::vector<DemoAccount> demo_accounts();

struct DemoReport {
    std::vector<DemoAccount> accounts;
    std::string sign_in;          // one line for people: how to sign in
    std::size_t drivers = 0;      // drivers of the demo's trips
    std::size_t added_trips = 0;  // by this run
    std::size_t open_trips = 0;   // of all drivers, in the next 30 days, after this run
};

// Needs the reference data. Tops up: trips that exist, were cancelled, or would conflict with a person's own trips are
// neither repeated nor replaced.
Task<DemoReport> load_demo(db::Database& database, DemoOptions options, const Clock& clock, const geo::RoadGraph& roads,
                           const geo::Gazetteer& gazetteer, Progress progress);

}  // namespace safargo::seed
