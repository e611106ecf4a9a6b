#include "db/migrations.hpp"

#include "core/crypto.hpp"
#include "db/blocking_connection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>
#include <thread>

namespace safargo::db {
namespace {

constexpr std::string_view lock_unavailable = "55P03";

constexpr const char* take_turn = "select pg_advisory_lock(7238174059221135907)";  // one migration runner per database
constexpr const char* read_locale =
    "select pg_encoding_to_char(encoding)::text, datcollate::text, datctype::text "
    "from pg_database where datname = current_database()";
constexpr const char* create_table =
    "create table if not exists schema_migrations ("
    "name text primary key, sha256 text not null, applied_at timestamptz not null default now())";
constexpr const char* has_table = "select to_regclass('schema_migrations') is not null";
constexpr const char* read_applied = "select name, sha256 from schema_migrations order by name";
constexpr const char* insert_applied = "insert into schema_migrations (name, sha256) values ($1, $2)";

using Applied = std::map<std::string, std::string>;  // name -> sha256

// "C.UTF-8" in any spelling of the platform: C.utf8, C.UTF8.
bool is_c_utf8(std::string_view locale) {
    std::string plain;
    for (const char c : locale) {
        if (c != '-') plain.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    }
    return plain == "c.utf8";
}

// With the C locale pg_trgm recognises no Arabic letters, and searching by name silently finds nothing.
void check_locale(BlockingConnection& connection) {
    const Rows rows = connection.query(read_locale);
    const auto encoding = rows[0].get<std::string>(0), collate = rows[0].get<std::string>(1);
    const auto ctype = rows[0].get<std::string>(2);
    if (encoding == "UTF8" && is_c_utf8(collate) && is_c_utf8(ctype)) return;
    throw MigrationError(fmt::format(
        "the database is {} with collation {} and character type {}; create it with encoding UTF8 and locale C.UTF-8",
        encoding, collate, ctype));
}

Applied applied_migrations(BlockingConnection& connection) {
    Applied applied;
    if (!connection.query(has_table)[0].get<bool>(0)) return applied;
    for (const Row row : connection.query(read_applied)) {
        applied.emplace(row.get<std::string>(0), row.get<std::string>(1));
    }
    return applied;
}

void check_known(const Applied& applied, const std::vector<MigrationFile>& files) {
    for (const auto& [name, sha256] : applied) {
        const auto file =
            std::ranges::find(files, name, [](const MigrationFile& candidate) { return candidate.name.str(); });
        if (file == files.end()) {
            throw MigrationError(fmt::format("{}: applied, but not in the folder: the database is newer", name));
        }
        if (file->sha256 != sha256) {
            throw MigrationError(fmt::format("{}: changed after it was applied; write a new migration", name));
        }
    }
}

// The migrations still to run; each must sort after all applied ones.
std::span<const MigrationFile> pending_migrations(const Applied& applied, const std::vector<MigrationFile>& files) {
    check_known(applied, files);
    const std::span all(files);
    for (const MigrationFile& file : all.first(applied.size())) {
        if (applied.contains(file.name.str())) continue;
        throw MigrationError(fmt::format("{}: sorts before {}, which has been applied; give it a later minute",
                                         file.name.str(), applied.rbegin()->first));
    }
    return all.subspan(applied.size());
}

void run_in_transaction(BlockingConnection& connection, const MigrationFile& file, const MigrationOptions& options) {
    connection.execute(fmt::format("begin; set local lock_timeout = {}; set local statement_timeout = 0",
                                   options.lock_timeout.count()));
    connection.execute(file.sql);
    if (!connection.in_transaction()) {
        throw MigrationError(fmt::format("{}: ends its own transaction", file.name.str()));
    }
    connection.query(insert_applied, {file.name.str(), file.sha256});
    connection.execute("commit");
}

void run_alone(BlockingConnection& connection, const MigrationFile& file, const MigrationOptions& options) {
    connection.execute(fmt::format("set lock_timeout = {}", options.lock_timeout.count()));
    connection.execute("set statement_timeout = 0");
    connection.execute(file.sql);
    connection.execute("reset lock_timeout");
    connection.query(insert_applied, {file.name.str(), file.sha256});
}

void run_once(BlockingConnection& connection, const MigrationFile& file, const MigrationOptions& options) {
    try {
        file.in_transaction() ? run_in_transaction(connection, file, options) : run_alone(connection, file, options);
    } catch (const BlockingError&) {
        if (file.in_transaction()) connection.execute("rollback");
        throw;
    }
}

// A waiting lock blocks all later requests in its queue, so we wait briefly, let them pass, and retry.
void run(BlockingConnection& connection, const MigrationFile& file, const MigrationOptions& options) {
    for (int attempt = 1;; ++attempt) {
        try {
            return run_once(connection, file, options);
        } catch (const BlockingError& failure) {
            if (failure.sqlstate != lock_unavailable || attempt >= options.lock_attempts) {
                throw MigrationError(fmt::format("{}: {} {}", file.name.str(), failure.sqlstate, failure.what()));
            }
        }
        const auto most = static_cast<std::uint32_t>(options.lock_pause.count());
        std::this_thread::sleep_for(options.lock_pause + std::chrono::milliseconds{crypto::random_below(most + 1)});
    }
}

MigrationReport apply(BlockingConnection& connection, const std::vector<MigrationFile>& files,
                      const MigrationOptions& options) {
    check_locale(connection);
    if (!options.dry_run) {
        connection.execute(take_turn);  // held until this connection ends
        connection.execute(create_table);
    }
    const Applied applied = applied_migrations(connection);
    const auto pending = pending_migrations(applied, files);
    MigrationReport report{.ran = {}, .already_applied = applied.size()};
    for (const MigrationFile& file : pending) {
        if (options.on_file) options.on_file(file.name.str(), report.ran.size() + 1, pending.size());
        if (!options.dry_run) run(connection, file, options);
        report.ran.push_back(file.name.str());
    }
    return report;
}

}  // namespace

MigrationReport migrate(const MigrationOptions& options) {
    const std::vector<MigrationFile> files = read_migrations(options.folder);
    try {
        BlockingConnection connection(options.url);
        return apply(connection, files, options);
    } catch (const BlockingError& failure) {
        throw MigrationError(fmt::format("{} {}", failure.sqlstate, failure.what()));
    }
}

}  // namespace safargo::db
