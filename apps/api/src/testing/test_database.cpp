#include "testing/test_database.hpp"

#include "core/crypto.hpp"
#include "db/blocking_connection.hpp"
#include "db/migrations.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <utility>

namespace safargo::testing {
namespace {

constexpr const char* locale = "encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'";
constexpr const char* build_turn = "select pg_advisory_lock(4915277008345501)";
constexpr const char* is_ready = "select 1 from pg_database where datname = $1 and datistemplate";

std::string& migrations_folder() {
    static std::string folder = SAFARGO_MIGRATIONS_DIR;
    return folder;
}

std::string random_suffix() {
    std::array<std::uint8_t, 6> bytes{};
    crypto::random_bytes(bytes);
    return crypto::hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

// Names and contents of all migrations.
std::string fingerprint(const std::filesystem::path& folder) {
    std::string all;
    for (const db::MigrationFile& file : db::read_migrations(folder)) all += file.name.str() + ' ' + file.sha256 + '\n';
    return crypto::hex(crypto::view(crypto::sha256(all))).substr(0, 16);
}

// A half-built template of a killed run is not marked as a template, so it is dropped and rebuilt.
void build_template(db::BlockingConnection& server, const std::string& name) {
    server.execute("drop database if exists " + name + " with (force)");
    server.execute(fmt::format("create database {} template template0 {}", name, locale));
    db::migrate({.url = url_of(name), .folder = migrations_folder()});
    server.execute(fmt::format("alter database {} is_template true allow_connections false", name));
}

// One process builds it, the others wait.
std::string template_database() {
    const std::string name = "safargo_template_" + fingerprint(migrations_folder());
    db::BlockingConnection server(server_url());
    if (!server.query(is_ready, {name}).empty()) return name;
    server.execute(build_turn);
    if (server.query(is_ready, {name}).empty()) build_template(server, name);
    return name;
}

}  // namespace

void use_migrations_of(std::string folder) {
    migrations_folder() = std::move(folder);
}

TestDatabase::TestDatabase(Start start)
    : name_(fmt::format("safargo_test_{}_{}", ::getpid(), random_suffix())),
      url_(url_of(name_)),
      context_(shared_context()) {
    const std::string origin =
        start == Start::migrated ? "template " + template_database() : fmt::format("template template0 {}", locale);
    db::BlockingConnection(server_url()).execute(fmt::format("create database {} {}", name_, origin));
    db_ = std::make_unique<db::Database>(context_->get_executor(), options());
}

TestDatabase::~TestDatabase() {
    db_.reset();
    try {
        db::BlockingConnection(server_url()).execute(fmt::format("drop database if exists {} with (force)", name_));
    } catch (const db::BlockingError& failure) {
        fmt::print(stderr, "{} stays behind: {}\n", name_, failure.what());
    }
}

db::Options TestDatabase::options() const {
    db::Options options;
    options.url = url_;
    options.application_name = "safargo-test";
    return options;
}

void TestDatabase::execute(const std::string& sql) const {
    db::BlockingConnection(url_).execute(sql);
}

}  // namespace safargo::testing
