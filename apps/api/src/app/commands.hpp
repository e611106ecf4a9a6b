// The subcommands: they read the environment, print for people and return an exit code.
#pragma once

#include "config/config.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace safargo::app {

struct MigrateOptions {
    std::string folder = "packages/database/migrations";
    bool dry_run = false;
};

struct SeedOptions {
    bool demo = false;
    std::size_t trips = 2'000;
    std::uint64_t seed = 1;
    std::size_t world = 0;      // number of open trips; 0: no world
    std::size_t ways = 50'000;  // routes of the world; 0: one per trip
    std::string start;          // of the world, RFC 3339; empty: now
};

struct ConfigOptions {
    bool check = false;     // the environment
    bool markdown = false;  // the table of docs/configuration.md
};

struct RoleOptions {
    std::string phone;
    std::string role;  // admin or moderator
};

struct PlacesIndexOptions {
    bool json = false;
};

std::string version();

// DATABASE_DIRECT_URL or DATABASE_URL, for commands that need nothing else; if missing, reports it and returns nothing.
std::optional<std::string> direct_database_url();

// For commands that need no secret; on failure reports every wrong name, never a value, and returns nothing.
std::optional<Config> read_command_config();

int run_serve();
int run_migrate(const MigrateOptions& options);
int run_seed(const SeedOptions& options);
// Makes a user an admin or a moderator, in any environment. Returns 1 if there is no such user or the account is not
// active.
int run_role(const RoleOptions& options);
// Builds the index of places at OPENSEARCH_URL anew and lets it take the present one's place; that one answers
// meanwhile.
int run_places_index(const PlacesIndexOptions& options);
int run_openapi();
int run_codes();  // prints docs/api.md
// With `check`, prints one line per wrong variable and returns 2 if there are any; also lists features switched off by
// an incomplete group. Never prints a value.
int run_config(const ConfigOptions& options);

}  // namespace safargo::app
