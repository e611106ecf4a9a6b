#include "app/commands.hpp"

#include "core/failures.hpp"
#include "testing/opensearch_node.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <optional>

namespace safargo::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::internal::CaptureStderr;
using ::testing::internal::CaptureStdout;
using ::testing::internal::GetCapturedStderr;
using ::testing::internal::GetCapturedStdout;

// Commands read the environment of the process: each test sets it.
class CommandsTest : public ::testing::Test {
public:
    CommandsTest() {
        for (const char* name :
             {"DATABASE_URL", "DATABASE_DIRECT_URL", "JWT_SECRET", "SAFARGO_ENV", "NODE_ENV", "SAFARGO_DATA_DIR"}) {
            set(name, nullptr);
        }
    }
    ~CommandsTest() override {
        for (const auto& [name, value] : before_) put(name, value ? value->c_str() : nullptr);
    }

protected:
    void set(const char* name, const char* value) {
        const char* old = std::getenv(name);
        before_.emplace(name, old == nullptr ? std::nullopt : std::optional<std::string>(old));
        put(name, value);
    }
    // The command's exit code and output.
    template <class Command>
    int run_command(Command command) {
        CaptureStdout();
        CaptureStderr();
        const int status = command();
        out = GetCapturedStdout();
        err = GetCapturedStderr();
        return status;
    }

    std::string out, err;

private:
    static void put(const std::string& name, const char* value) {
        if (value == nullptr) {
            unsetenv(name.c_str());
        } else {
            setenv(name.c_str(), value, 1);
        }
    }
    std::map<std::string, std::optional<std::string>> before_;
};

TEST_F(CommandsTest, ServeNamesEveryMissingSecretButNoValue) {
    EXPECT_EQ(run_command(run_serve), 2);
    EXPECT_THAT(err, HasSubstr("DATABASE_URL"));
    EXPECT_THAT(err, HasSubstr("JWT_SECRET"));
    set("JWT_SECRET", "too-short-to-be-kept");
    EXPECT_EQ(run_command(run_serve), 2);
    EXPECT_THAT(err, HasSubstr("JWT_SECRET"));
    EXPECT_THAT(err, Not(HasSubstr("too-short")));
}

TEST_F(CommandsTest, TheEnvironmentIsCheckedOnItsOwn) {
    EXPECT_EQ(run_command([] { return run_config({.check = true}); }), 2);
    EXPECT_EQ(out, "DATABASE_URL: is required\nJWT_SECRET: is required\n");
    set("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none");
    set("JWT_SECRET", "too-short-to-be-kept");
    EXPECT_EQ(run_command([] { return run_config({.check = true}); }), 2);
    EXPECT_EQ(out, "JWT_SECRET: must have at least 32 bytes\n");
    set("JWT_SECRET", "0123456789abcdef0123456789abcdef");
    EXPECT_EQ(run_command([] { return run_config({.check = true}); }), 0);
    EXPECT_EQ(out, "");
}

TEST_F(CommandsTest, TheConfigurationTableNeedsNoEnvironment) {
    EXPECT_EQ(run_command([] { return run_config({.markdown = true}); }), 0);
    EXPECT_THAT(out, HasSubstr("| `PORT` | `3000` |"));
}

TEST_F(CommandsTest, MigrateNeedsOnlyTheDatabase) {
    const MigrateOptions migrations{.folder = SAFARGO_MIGRATIONS_DIR};
    EXPECT_EQ(run_command([&] { return run_migrate(migrations); }), 2);
    EXPECT_THAT(err, HasSubstr("DATABASE_URL"));

    const testing::TestDatabase database(testing::TestDatabase::Start::empty);
    set("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none");
    set("DATABASE_DIRECT_URL", database.url().c_str());  // the URL that migrations use
    MigrateOptions dry = migrations;
    dry.dry_run = true;
    EXPECT_EQ(run_command([&] { return run_migrate(dry); }), 0);
    EXPECT_THAT(out, HasSubstr("would run, 0 already applied"));
    EXPECT_EQ(run_command([&] { return run_migrate(migrations); }), 0);
    EXPECT_THAT(out, HasSubstr("_create_users.sql"));
    EXPECT_THAT(out, HasSubstr("ran, 0 already applied"));
    EXPECT_EQ(run_command([&] { return run_migrate(migrations); }), 0);
    EXPECT_THAT(out, HasSubstr("0 migrations ran"));
}

TEST_F(CommandsTest, TheDemoIsRefusedInProduction) {
    set("SAFARGO_ENV", "production");
    EXPECT_EQ(run_command([] { return run_seed({.demo = true}); }), 2);
    EXPECT_THAT(err, HasSubstr("development only"));
}

TEST_F(CommandsTest, WorldsAreRefusedInProductionAndNeedAValidStart) {
    set("SAFARGO_ENV", "production");
    EXPECT_EQ(run_command([] { return run_seed({.world = 1'000}); }), 2);
    EXPECT_THAT(err, HasSubstr("development only"));
    set("SAFARGO_ENV", "development");
    set("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none");
    EXPECT_EQ(run_command([] { return run_seed({.world = 1'000, .start = "tomorrow"}); }), 2);
    EXPECT_THAT(err, HasSubstr("--start"));
}

class RoleCommandTest : public CommandsTest {
protected:
    RoleCommandTest() {
        set("SAFARGO_ENV", "production");
        set("DATABASE_URL", database.url().c_str());
        database.execute(R"(
            insert into users (id, phone, name, status, created_at) values
                (gen_random_uuid(), '+213550000001', 'Amel', 'active', now()),
                (gen_random_uuid(), '+213550000002', 'Badis', 'suspended', now()))");
    }
    int give(std::string phone, std::string role) {
        return run_command([&] { return run_role({.phone = phone, .role = role}); });
    }
    std::int64_t count(const char* rows) {
        const std::string sql = std::string("select count(*) from ") + rows;
        return testing::run(database.db().query(db::Statement{"test_count", sql}))[0].get<std::int64_t>(0);
    }

    testing::TestDatabase database;
};

TEST_F(RoleCommandTest, MakesTheFirstAdminOfProductionAndIsAudited) {
    EXPECT_EQ(give("0550 00 00 01", "admin"), 0);
    EXPECT_THAT(out, HasSubstr("+213550000001 was user and is now admin"));
    EXPECT_EQ(count("users where phone = '+213550000001' and role = 'admin'"), 1);
    EXPECT_EQ(count("audit_log where action = 'role.given' and actor like 'shell:_%'"), 1);
    EXPECT_EQ(give("0550 00 00 01", "admin"), 0);
    EXPECT_THAT(out, HasSubstr("is already admin"));
    EXPECT_EQ(count("audit_log"), 1);
}

TEST_F(RoleCommandTest, RefusesUnknownOrSuspendedUsersAndOtherRoles) {
    EXPECT_EQ(give("0550000009", "admin"), 1);
    EXPECT_THAT(err, HasSubstr("no user has the number +213550000009"));
    EXPECT_EQ(give("0550000002", "moderator"), 1);
    EXPECT_THAT(err, HasSubstr("suspended or banned"));
    for (const char* role : {"user", "driver", "root", ""}) {
        EXPECT_EQ(give("0550000001", role), 1) << role;
        EXPECT_THAT(err, HasSubstr("admin or moderator"));
    }
    EXPECT_EQ(give("Amel", "admin"), 1);
    EXPECT_THAT(err, HasSubstr("not a phone number"));
    EXPECT_EQ(count("users where role <> 'user'"), 0);
    EXPECT_EQ(count("audit_log"), 0);
}

TEST_F(CommandsTest, RolesNeedADatabase) {
    EXPECT_EQ(run_command([] { return run_role({.phone = "0550000001", .role = "admin"}); }), 2);
    EXPECT_THAT(err, HasSubstr("DATABASE_URL"));
}

TEST_F(CommandsTest, AnIndexOfPlacesNeedsAnAddress) {
    set("OPENSEARCH_URL", nullptr);
    EXPECT_EQ(run_command([] { return run_places_index({}); }), 2);
    EXPECT_THAT(err, HasSubstr("OPENSEARCH_URL is not set"));
    set("OPENSEARCH_URL", "http://app:hunter2@127.0.0.1:1");
    const testing::TestDatabase database;
    set("DATABASE_URL", database.url().c_str());
    const auto unreachable = [] {
        try {
            return run_places_index({});
        } catch (const DependencyUnavailable&) {
            return 1;
        }
    };
    EXPECT_EQ(run_command(unreachable), 1);
}

TEST_F(CommandsTest, TheIndexOfPlacesIsRebuiltWithProgressOrAsJson) {
    const auto node = testing::opensearch_node();
    if (!node) GTEST_SKIP() << testing::no_opensearch;
    const testing::TestDatabase database;
    database.execute(R"(
        insert into wilayas values (5, 'Batna', 'باتنة', 'Batna', 'Batna', 35.5, 6.2, null, '1974-01-01');
        insert into named_places (kind, code, wilaya_code, lat, lng, weight, names, folded_names, words, sounds, bones)
        values ('commune', '0501', 5, 35.5, 6.2, 700, '{Batna}', '{batna}', 'batna', 'batna', 'btn'))");
    set("DATABASE_URL", database.url().c_str());
    set("OPENSEARCH_URL", node->url().c_str());
    EXPECT_EQ(run_command([] { return run_places_index({}); }), 0) << err;
    EXPECT_THAT(out, HasSubstr("places and towns: 1/1\n"));
    EXPECT_THAT(out, HasSubstr("The index is rebuilt: 1 documents"));
    EXPECT_EQ(run_command([] { return run_places_index({.json = true}); }), 0) << err;
    EXPECT_EQ(out, "{\"documents\":1}\n");
}

TEST_F(CommandsTest, TheContractAndTheCodesNeedNoSecret) {
    set("SAFARGO_DATA_DIR", SAFARGO_DATA_DIR);
    EXPECT_EQ(run_command(run_openapi), 0);
    EXPECT_THAT(out, ::testing::StartsWith(R"({"openapi":"3.1.0")"));
    EXPECT_EQ(run_command(run_codes), 0);
    EXPECT_THAT(out, HasSubstr("| `trip_full` | 409 |"));
}

}  // namespace
}  // namespace safargo::app
