// The subcommands: they read the environment, print for people, and answer an exit code.
#pragma once

#include <string>

namespace safargo::app {

struct MigrateOptions {
    std::string folder = "packages/database/migrations";
    bool dry_run = false;
};

std::string version();

int run_serve();
int run_migrate(const MigrateOptions& options);
int run_openapi();

}  // namespace safargo::app
