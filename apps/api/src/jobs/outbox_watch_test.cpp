#include "jobs/outbox_watch.hpp"

#include "core/metrics.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace safargo::jobs {
namespace {

using ::testing::HasSubstr;

TEST(OutboxWatch, CountsRowsThatDoNotLeave) {
    testing::TestDatabase database;
    const Instant now = parse_instant("2026-12-10T12:00:00Z").value();
    database.execute(R"(
        insert into outbox (ordering_key, kind, payload, created_at, available_at, attempts, sent_at, dead_at) values
            ('a', 'payment.capture', '', '2026-12-10T11:00Z', '2026-12-10T11:59Z', 12, null, null),
            ('b', 'payment.refund', '', '2026-12-10T11:00Z', '2026-12-10T12:05Z', 40, null, null),
            ('c', 'payment.refund', '', '2026-12-10T11:00Z', '2026-12-10T12:00Z', 11, null, null),
            ('c', 'payment.refund', '', '2026-12-10T11:00Z', 'infinity', 4, null, null),
            ('d', 'payment.refund', '', '2026-12-10T11:00Z', '2026-12-10T11:00Z', 30, '2026-12-10T11:00Z', null),
            ('e', 'booking.changed', '', '2026-12-10T11:00Z', '2026-12-10T12:00Z', 13, null, null),
            ('f', 'booking.changed', '', '2026-12-10T11:00Z', '2026-12-10T11:00Z', 13, null, '2026-12-10T11:00Z');)");
    testing::run(watch_outbox(database.db(), now));
    std::string told = metrics::render();
    EXPECT_THAT(told, HasSubstr("safargo_outbox_stuck{family=\"payment\"} 3\n"));
    EXPECT_THAT(told, HasSubstr("safargo_outbox_stuck{family=\"other\"} 1\n"));
    EXPECT_THAT(told, HasSubstr("safargo_outbox_lag_seconds 60\n"));
    EXPECT_THAT(told, HasSubstr("safargo_outbox_dead 1\n"));

    database.execute("delete from outbox");
    testing::run(watch_outbox(database.db(), now));
    told = metrics::render();
    EXPECT_THAT(told, HasSubstr("safargo_outbox_stuck{family=\"payment\"} 0\n"));
    EXPECT_THAT(told, HasSubstr("safargo_outbox_lag_seconds 0\n"));
}

}  // namespace
}  // namespace safargo::jobs
