// safargo-api: serve (default), migrate, seed, role, places-index, openapi, codes, config.
#include "app/commands.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>

int main(int argc, char** argv) {
    using namespace safargo::app;
    CLI::App app{"SafarGo API"};
    app.require_subcommand(0, 1);
    app.set_version_flag("--version", version());

    MigrateOptions migrate;
    auto* migrate_command = app.add_subcommand("migrate", "Migrate the database schema");
    migrate_command->add_flag("--dry-run", migrate.dry_run, "List pending migrations without applying them");
    migrate_command->add_option("--dir", migrate.folder, "Migrations folder")->capture_default_str();

    SeedOptions seed;
    auto* seed_command = app.add_subcommand(
        "seed", "Load Algeria's places; with --demo or --world also people and trips (development only)");
    auto* demo =
        seed_command->add_flag("--demo", seed.demo, "Demo accounts, drivers and open trips for the next 30 days");
    seed_command->add_option("--trips", seed.trips, "Approximate number of open trips")->capture_default_str();
    seed_command->add_option("--seed", seed.seed, "Random seed for drivers and trips")->capture_default_str();
    auto* world =
        seed_command->add_option("--world", seed.world, "For benchmarks: number of open trips, in an empty database");
    world->check(CLI::Range(1, 10'000'000))->excludes(demo);
    seed_command->add_option("--ways", seed.ways, "Number of routes the world's trips share; 0: one per trip (slow)")
        ->capture_default_str()
        ->needs(world);
    seed_command
        ->add_option("--start", seed.start, "The world's trips depart within 30 days after this time (default: now)")
        ->needs(world);

    RoleOptions role;
    auto* role_command = app.add_subcommand("role", "Make a user an admin or a moderator");
    role_command->add_option("phone", role.phone, "The user's phone number")->required();
    role_command->add_option("role", role.role, "admin or moderator")->required();

    PlacesIndexOptions places_index;
    auto* places_index_command = app.add_subcommand("places-index", "Rebuild the index of places in OpenSearch");
    places_index_command->add_flag("--json", places_index.json, "Print one line of JSON instead of progress");
    auto* openapi_command = app.add_subcommand("openapi", "Print the OpenAPI document");
    auto* codes_command = app.add_subcommand("codes", "Print the table of error codes");
    ConfigOptions config;
    auto* config_command = app.add_subcommand("config", "Check or document the configuration");
    auto* choice = config_command->add_option_group("choice")->require_option(1);
    choice->add_flag("--check", config.check, "List every wrong or missing variable, never a value");
    choice->add_flag("--markdown", config.markdown, "Print the table of docs/configuration.md");
    app.add_subcommand("serve", "Serve HTTP (the default)");
    CLI11_PARSE(app, argc, argv);

    try {
        if (*migrate_command) return run_migrate(migrate);
        if (*seed_command) return run_seed(seed);
        if (*role_command) return run_role(role);
        if (*places_index_command) return run_places_index(places_index);
        if (*openapi_command) return run_openapi();
        if (*codes_command) return run_codes();
        if (*config_command) return run_config(config);
        return run_serve();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "safargo-api: %s\n", error.what());
        return 1;
    }
}
