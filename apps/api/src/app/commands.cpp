#include "app/commands.hpp"

#include "app/server_process.hpp"
#include "core/texts.hpp"
#include "db/migrations.hpp"

#include <cstdio>
#include <optional>

namespace safargo::app {
namespace {

// For commands other than serve, which use no secret.
constexpr const char* unused_secret = "this command does not depend on any secret";

Lookup without_secrets() {
    return [environment = process_environment()](std::string_view name) -> std::optional<std::string> {
        auto value = environment(name);
        if (value || (name != "JWT_SECRET" && name != "DATABASE_URL")) return value;
        return name == "JWT_SECRET" ? unused_secret : "postgresql:///";
    };
}

std::optional<Config> configuration(const Lookup& lookup) {
    auto config = read_config(lookup);
    if (config) return std::move(*config);
    std::fputs("safargo-api: the configuration is incomplete:\n", stderr);
    for (const std::string& problem : config.error()) std::fprintf(stderr, "  %s\n", problem.c_str());
    return std::nullopt;
}

}  // namespace

std::optional<Config> read_command_config() {
    return configuration(without_secrets());
}

std::optional<std::string> direct_database_url() {
    const auto variables = process_environment();
    auto url = variables("DATABASE_DIRECT_URL").value_or(variables("DATABASE_URL").value_or(""));
    if (!url.empty()) return url;
    std::fputs("safargo-api: DATABASE_URL: is required\n", stderr);
    return std::nullopt;
}

int run_serve() {
    auto config = configuration(process_environment());
    if (!config) return 2;
    prepare_texts();
    serve(std::move(*config));
    return 0;
}

int run_migrate(const MigrateOptions& options) {
    // Needs only the database: it runs before the service's secrets exist.
    const std::optional<std::string> url = direct_database_url();
    if (!url) return 2;
    const db::MigrationReport report =
        db::migrate({.url = *url,
                     .folder = options.folder,
                     .dry_run = options.dry_run,
                     .on_file = [](std::string_view file, std::size_t number, std::size_t total) {
                         std::printf("[%zu/%zu] %.*s\n", number, total, static_cast<int>(file.size()), file.data());
                         std::fflush(stdout);
                     }});
    std::printf("%zu migrations %s, %zu already applied\n", report.ran.size(), options.dry_run ? "would run" : "ran",
                report.already_applied);
    return 0;
}

int run_openapi() {
    auto config = read_command_config();
    if (!config) return 2;
    const std::string document = contract_document(std::move(*config));
    std::printf("%s\n", document.c_str());
    return 0;
}

}  // namespace safargo::app
