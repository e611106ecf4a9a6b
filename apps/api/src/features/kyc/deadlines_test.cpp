#include "features/kyc/kyc_world_test.hpp"

#include "features/kyc/pruning.hpp"

#include <gmock/gmock.h>

namespace safargo::kyc {
namespace {

using enum DocumentType;
using enum DocumentStatus;
using namespace test;

class DeadlinesTest : public KycWorld {
protected:
    int purge() { return run(deadlines.purge_pictures(clock.now())); }
    int remind() { return run(deadlines.remind(clock.now())); }
    void at(std::string_view time) { clock.set(parse_instant(time).value()); }
};

TEST_F(DeadlinesTest, APictureIsDiscardedThirtyDaysAfterTheDecision) {
    for (const DocumentStatus decision : {DocumentStatus::approved, rejected}) {
        SCOPED_TRACE(contract::enum_name(decision));
        at("2026-12-01T08:00:00Z");
        const KycDocumentId id = in_state(under_review, amel);
        clock.advance(24h);
        ASSERT_EQ(outcome(decision == rejected ? reject(id) : approve(id)), "done");
        const std::string picture = picture_of(id);
        clock.advance(std::chrono::days{30} - 1s);
        EXPECT_EQ(purge(), 0);
        EXPECT_FALSE(is_discarded(picture));
        clock.advance(1s);
        EXPECT_EQ(purge(), 1);
        EXPECT_TRUE(is_discarded(picture));
        EXPECT_EQ(purge(), 0) << "once";
        EXPECT_EQ(status_of(id), contract::enum_name(decision)) << "the row stays";
        EXPECT_EQ(outcome(look(moderator, id)), "picture_purged");
        EXPECT_FALSE(run(reviewing.show(moderator, id))->has_picture);
        execute("delete from kyc_documents");
    }
}

TEST_F(DeadlinesTest, APictureThatWaitsForItsDecisionStays) {
    const KycDocumentId waiting = in_state(pending, amel), read = in_state(under_review, badis);
    clock.advance(std::chrono::days{300});
    EXPECT_EQ(purge(), 0);
    EXPECT_EQ(outcome(look(moderator, waiting)), "done");
    EXPECT_EQ(outcome(look(moderator, read)), "done");
}

TEST_F(DeadlinesTest, WhatIsProvenOutlivesThePictures) {
    approve_all(amel);
    clock.advance(std::chrono::days{30});
    EXPECT_EQ(purge(), 5);
    EXPECT_TRUE(mine(amel).identity_verified);
    EXPECT_TRUE(mine(amel).may_publish);
    EXPECT_EQ(outcome(send(amel, insurance)), "done") << "renewing needs no old picture";
}

TEST_F(DeadlinesTest, PeopleAreToldOnceTwoWeeksBeforeADocumentEnds) {
    prove(amel, insurance, "2026-12-20");
    execute("delete from outbox");
    at("2026-12-05T22:59:59Z");
    EXPECT_EQ(remind(), 0);
    at("2026-12-05T23:00:00Z");  // the 6th in Algiers
    EXPECT_EQ(remind(), 1);
    EXPECT_EQ(told(), "expires_soon");
    clock.advance(1h);
    EXPECT_EQ(remind(), 0);
}

TEST_F(DeadlinesTest, NobodyIsToldOfWhatIsOverOrBeingRenewed) {
    prove(amel, insurance, "2026-12-03");
    prove(badis, insurance, "2026-12-03");
    in_state(under_review, badis, insurance, "2027-12-03");
    in_state(rejected, colleague, insurance, "2026-12-03");
    execute("delete from outbox");
    at("2026-12-03T22:59:59Z");
    EXPECT_EQ(remind(), 1) << "of the first, on its last day";
    execute("update kyc_documents set reminded_at = null");
    at("2026-12-03T23:00:00Z");
    EXPECT_EQ(remind(), 0);
}

TEST_F(DeadlinesTest, RowsThatOthersTookThePlaceOfAreDeletedLater) {
    const KycDocumentId old = in_state(pending, amel), current = in_state(pending, amel);
    const platform::PruningRule rule = pruning_rules().at(0);
    const auto prune = [&] { run(database.db().query(rule.statement, clock.now() - rule.kept, std::int64_t{100})); };
    clock.advance(rule.kept);
    prune();
    EXPECT_EQ(status_of(old), "replaced");
    clock.advance(1s);
    prune();
    EXPECT_EQ(status_of(old), "none");
    EXPECT_EQ(status_of(current), "pending");
}

}  // namespace
}  // namespace safargo::kyc
