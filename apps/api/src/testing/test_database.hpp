// A fresh database for a test, on the server at SAFARGO_TEST_POSTGRES (a superuser's URL).
#pragma once

#include "db/database.hpp"
#include "testing/run_task.hpp"
#include "testing/test_server.hpp"

#include <memory>
#include <string>

namespace safargo::testing {

// From now on test databases are migrated from this folder instead of packages/database.
void use_migrations_of(std::string folder);

class TestDatabase {
public:
    // `migrated`: cloned from a template with all migrations of packages/database, built once per version of that
    // folder. Otherwise empty. Throws if the variable is missing: a test without its server must not pass.
    enum class Start { migrated, empty };
    explicit TestDatabase(Start start = Start::migrated);
    ~TestDatabase();
    TestDatabase(const TestDatabase&) = delete;
    TestDatabase& operator=(const TestDatabase&) = delete;

    const std::string& name() const { return name_; }
    const std::string& url() const { return url_; }
    db::Database& db() { return *db_; }  // on shared_context(), which run() runs
    db::Options options() const;         // for further Databases on this one

    // Runs plain SQL, one or more statements, on a separate blocking connection; throws on failure.
    void execute(const std::string& sql) const;

private:
    std::string name_, url_;
    std::shared_ptr<boost::asio::io_context> context_;
    std::unique_ptr<db::Database> db_;
};

}  // namespace safargo::testing
