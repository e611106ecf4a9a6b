#include "db/blocking_connection.hpp"
#include "features/admin/service.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

namespace safargo::admin {
namespace {

Task<Result<Nothing>> write_one(db::Transaction& tx, Instant now) {
    co_await audit(tx, {"shell:root", "role.given", "somebody", R"({"to":"admin"})"}, now);
    co_return Nothing{};
}

TEST(Audit, IsWrittenWithItsActionAndNeverChanged) {
    testing::TestDatabase database;
    const Instant now = parse_instant("2026-12-01T08:00:00Z").value();
    ASSERT_TRUE(
        testing::run(database.db().transact<Nothing>([now](db::Transaction& tx) { return write_one(tx, now); })));
    static constexpr db::Statement read{"test_read", R"(
        select concat_ws(' ', at = '2026-12-01T08:00:00Z', actor, action, subject, detail->>'to') from audit_log)"};
    EXPECT_EQ(testing::run(database.db().query(read))[0].get<std::string>(0), "t shell:root role.given somebody admin");
    for (const char* change :
         {"update audit_log set actor = 'nobody'", "delete from audit_log", "truncate audit_log"}) {
        EXPECT_THROW(database.execute(change), db::BlockingError) << change;
    }
}

}  // namespace
}  // namespace safargo::admin
