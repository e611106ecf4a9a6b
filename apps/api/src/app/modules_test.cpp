// The combined declarations of all features, as the threads of the process read them.
#include "app/modules.hpp"

#include "app/thread_platform.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <set>
#include <tuple>

namespace safargo::app {
namespace {

using namespace std::chrono_literals;
using ::testing::IsSupersetOf;

Config config() {
    Config config;
    config.environment = Environment::development;
    config.database_url = config.database_direct_url = "postgresql://nobody@127.0.0.1:1/none";
    config.jwt_secret = "0123456789abcdef0123456789abcdef";
    config.data_dir = SAFARGO_DATA_DIR;
    return config;
}

// Opens no connection.
class ModulesTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { shared = std::make_unique<Shared>(config()); }
    static void TearDownTestSuite() { shared.reset(); }

    static std::set<std::string> kinds(const ModuleList& modules) {
        std::set<std::string> all;
        for (const db::Subscription& subscription : modules.subscriptions()) {
            for (const db::Handling& handling : subscription.handlings) all.insert(handling.kind);
        }
        return all;
    }
    static std::set<std::string> names(const std::vector<platform::Job>& jobs) {
        std::set<std::string> all;
        for (const platform::Job& job : jobs) EXPECT_TRUE(all.insert(job.name).second) << job.name;
        return all;
    }

    std::vector<platform::ExportPart> exported() {
        const ServingModules serving(parts.platform(), *shared);
        std::vector<platform::ExportPart> all;
        for (const platform::PersonalData& part : serving.all.personal_data()) {
            all.insert(all.end(), part.exported.begin(), part.exported.end());
        }
        return all;
    }

    boost::asio::io_context context;
    ThreadPlatform parts{*shared, context.get_executor(), 1};
    ModuleList working = make_working_modules(parts.platform(), *shared);

    static inline std::unique_ptr<Shared> shared;
};

TEST_F(ModulesTest, JobsHaveTheirIntervals) {
    using Row = std::tuple<std::string, std::chrono::seconds, bool>;
    std::vector<Row> jobs;
    for (const platform::Job& job : working.jobs()) jobs.emplace_back(job.name, job.every, job.at_start);
    EXPECT_THAT(jobs, IsSupersetOf(std::vector<Row>{{"close_trips", 60s, true},
                                                    {"expire_holds", 1s, true},
                                                    {"prove_ledger", 24h, false},
                                                    {"prune_trip_changes", 60s, true},
                                                    {"purge_kyc_pictures", 600s, true},
                                                    {"remind_of_expiring_documents", 1h, true},
                                                    {"sweep_uploads", 60s, true},
                                                    {"take_lapsing_holds", 600s, true}}));
}

TEST_F(ModulesTest, EveryOutboxKindHasASubscriber) {
    EXPECT_THAT(kinds(working), IsSupersetOf({"booking.cash_due", "booking.changed", "booking.no_show", "code.deliver",
                                              "dispute.changed", "kyc.changed", "notification.deliver",
                                              "payment.capture", "picture.discarded", "payment.capture_part",
                                              "payment.hold", "payment.refund", "payment.release", "trip.cancelled"}));
}

// A job or handler in a module that the job thread does not build would silently never run.
TEST_F(ModulesTest, RequestOnlyModulesHaveNoBackgroundWork) {
    const ServingModules serving(parts.platform(), *shared);
    EXPECT_EQ(kinds(serving.all), kinds(working));
    EXPECT_EQ(names(serving.all.jobs()), names(working.jobs()));
    EXPECT_EQ(serving.all.pruning_rules().size(), working.pruning_rules().size());
    EXPECT_EQ(serving.all.health_checks().size(), working.health_checks().size());
}

TEST_F(ModulesTest, EachMemberOfTheExportHasOneOwner) {
    std::set<std::string> members;
    for (const platform::ExportPart& member : exported()) {
        EXPECT_TRUE(members.insert(std::string(member.key)).second) << member.key;
    }
    EXPECT_THAT(members, IsSupersetOf({"user", "consents", "sessions", "driver", "vehicles", "trips", "bookings",
                                       "disputes", "earnings", "kyc_documents", "pictures", "uploads"}));
}

// Finds tables that reference people but are not part of the export.
TEST_F(ModulesTest, EveryTableAboutPeopleIsExportedOrListedAsHoldingNothingMore) {
    static constexpr db::Statement tables{"test_tables_of_people", R"(
        select distinct c.conrelid::regclass::text from pg_constraint c
        where c.contype = 'f' and c.confrelid in ('users'::regclass, 'drivers'::regclass))"};
    const std::set<std::string> nothing_more{"idempotency_keys", "payment_refunds"};
    testing::TestDatabase database;
    for (const db::Row row : testing::run(database.db().query(tables))) {
        const auto table = row.get<std::string>(0);
        const bool is_exported = std::ranges::any_of(
            exported(), [&](const platform::ExportPart& part) { return part.sql.contains(" " + table + " "); });
        EXPECT_NE(is_exported, nothing_more.contains(table))
            << table << ": its owner exports it (personal_data.cpp), or it holds nothing more of people";
    }
}

}  // namespace
}  // namespace safargo::app
