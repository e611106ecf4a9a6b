// Forward-only migrations: a folder of plain SQL files, each applied once, in order. Blocking; used by a command.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::db {

// Names the file and the reason; what() is safe to print and log.
struct MigrationError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// YYYYMMDDHHMM_verb_noun.sql: an existing minute, then two or more lower-case words.
struct MigrationName {
    std::string minute;  // "202611230900"
    std::string words;   // "create_extensions"

    static std::optional<MigrationName> parse(std::string_view file_name);
    std::string str() const;
    auto operator<=>(const MigrationName&) const = default;
};

struct MigrationFile {
    MigrationName name;
    std::string sql;
    std::string sha256;  // hexadecimal

    // True unless the first line is "-- no-transaction": a single idempotent statement that cannot run in a transaction
    // (create index concurrently if not exists …).
    bool in_transaction() const;
};

// Sorted. Throws for a missing folder, an invalid file name, or two files of the same minute.
std::vector<MigrationFile> read_migrations(const std::filesystem::path& folder);

struct MigrationOptions {
    std::string url;  // a direct connection; secret
    std::filesystem::path folder;
    bool dry_run = false;  // report what would run, change nothing
    std::chrono::milliseconds lock_timeout{2'000};
    int lock_attempts = 10;  // a file that cannot get its locks is rolled back and retried
    std::chrono::milliseconds lock_pause{500};
    std::function<void(std::string_view file, std::size_t number, std::size_t total)> on_file{};  // before each file
};

struct MigrationReport {
    std::vector<std::string> ran;  // or would run, in a dry run
    std::size_t already_applied = 0;
};

// Refuses a database that is not C.UTF-8/UTF8, an applied migration that is missing or has changed, and a new file that
// sorts before an applied one. Concurrent runners take turns.
MigrationReport migrate(const MigrationOptions& options);

}  // namespace safargo::db
