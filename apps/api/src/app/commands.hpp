// The subcommands: they read the environment, print for people, and answer an exit code.
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
    std::size_t world = 0;      // so many open trips; 0: no world
    std::size_t ways = 50'000;  // of the world; 0: every trip has its own
    std::string start;          // of the world, RFC 3339; empty: now
};

struct ConfigOptions {
    bool check = false;     // of the environment
    bool markdown = false;  // the table of docs/configuration.md
};

struct RoleOptions {
    std::string phone;
    std::string role;  // admin or moderator
};

std::string version();

// DATABASE_DIRECT_URL or DATABASE_URL, for commands that need nothing else; says that it is missing, and answers
// nothing then.
std::optional<std::string> direct_database_url();

// For commands that need no secret; says every wrong name at once, never a value, and answers nothing then.
std::optional<Config> read_command_config();

int run_serve();
int run_migrate(const MigrateOptions& options);
int run_seed(const SeedOptions& options);
// Makes somebody an admin or a moderator, in every environment. 1: no such person, or their account is not active.
int run_role(const RoleOptions& options);
int run_openapi();
int run_codes();  // docs/api.md
// With `check`, one line per wrong variable, and 2 if there are any; and what an incomplete group switches off. Never a
// value.
int run_config(const ConfigOptions& options);

}  // namespace safargo::app
