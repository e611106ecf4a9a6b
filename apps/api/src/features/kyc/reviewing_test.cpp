#include "features/kyc/kyc_world_test.hpp"

#include "contract/query.hpp"
#include "core/failures.hpp"
#include "features/users/service.hpp"

#include <gmock/gmock.h>

namespace safargo::kyc {
namespace {

using enum DocumentType;
using enum DocumentStatus;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using users::Gender;
using namespace test;

class ReviewingTest : public KycWorld {
protected:
    std::string approving(KycDocumentId id, std::optional<Gender> gender = std::nullopt) {
        return outcome(approve(id, gender));
    }
    users::Verification proven(const Caller& caller) { return run(users::find_verification(database.db(), caller.id)); }
    bool is_woman(const Caller& caller) { return run(users::is_confirmed_woman(database.db(), caller.id)); }
    DocumentPage list(std::string_view query) {
        return run(reviewing.list(moderator, contract::parse_query<ListDocuments>(std::string(query)).value())).value();
    }
    std::vector<std::string> ids(const DocumentPage& page) {
        std::vector<std::string> all;
        for (const DocumentFile& file : page.items) all.push_back(file.id.str());
        return all;
    }
};

TEST_F(ReviewingTest, TheFirstReadingBeginsTheReview) {
    const KycDocumentId id = in_state(pending, amel);
    const auto seen = look(moderator, id);
    ASSERT_TRUE(seen);
    EXPECT_THAT(seen->url, HasSubstr(picture_of(id)));
    EXPECT_THAT(seen->url, HasSubstr("until=2026-12-01T08:01:00Z")) << "for a minute";
    EXPECT_EQ(seen->expires_at, parse_instant("2026-12-01T08:01:00Z").value());
    EXPECT_EQ(run(reviewing.show(moderator, id))->reviewed_at, clock.now());
    EXPECT_EQ(status_of(id), "under_review");
    clock.advance(1h);
    ASSERT_TRUE(look(colleague, id));
    EXPECT_EQ(run(reviewing.show(colleague, id))->reviewed_at, clock.now() - 1h);
}

TEST_F(ReviewingTest, EveryReadingIsLoggedBeforeItsAddressLeaves) {
    const KycDocumentId id = in_state(pending, amel, id_card);
    store.before = [](std::string_view operation) -> Task<void> {
        if (operation == "sign") throw DependencyUnavailable("objects", "away");
        co_return;
    };
    EXPECT_THROW(look(moderator, id), DependencyUnavailable);
    const std::string first = logged("kyc.read");
    EXPECT_THAT(first, HasSubstr(moderator.id.str() + ' ' + id.str()));
    EXPECT_THAT(first, HasSubstr(amel.id.str()));
    EXPECT_THAT(first, HasSubstr("10.0.0.7"));
    EXPECT_THAT(first, HasSubstr("id_card"));
    store.before = nullptr;
    clock.advance(1s);
    ASSERT_TRUE(look(colleague, id));
    EXPECT_THAT(logged("kyc.read"), HasSubstr(first + '\n' + colleague.id.str()));
}

TEST_F(ReviewingTest, ARefusedReadingIsNotLogged) {
    const KycDocumentId id = in_state(pending, moderator);
    EXPECT_EQ(outcome(look(moderator, id)), "forbidden own_document");
    EXPECT_EQ(outcome(look(amel, id)), "forbidden");
    EXPECT_EQ(outcome(look(moderator, KycDocumentId::make(clock.now()))), "not_found");
    EXPECT_EQ(logged("kyc.read"), "none");
    EXPECT_EQ(status_of(id), "pending");
}

TEST_F(ReviewingTest, NobodyReviewsTheirOwn) {
    const KycDocumentId id = in_state(pending, moderator);
    ASSERT_TRUE(look(colleague, id));
    EXPECT_EQ(outcome(run(try_approve(moderator, id))), "forbidden own_document");
    EXPECT_EQ(outcome(run(try_reject(moderator, id))), "forbidden own_document");
    EXPECT_EQ(outcome(run(try_approve(colleague, id))), "done");
}

TEST_F(ReviewingTest, OnlyModeratorsReview) {
    const KycDocumentId id = in_state(under_review, amel);
    EXPECT_EQ(outcome(run(try_approve(badis, id))), "forbidden");
    EXPECT_EQ(outcome(run(try_reject(badis, id))), "forbidden");
    EXPECT_EQ(outcome(run(reviewing.show(badis, id))), "forbidden");
    EXPECT_EQ(outcome(run(reviewing.list(badis, {}))), "forbidden");
    EXPECT_EQ(status_of(id), "under_review");
}

// Every action in every state.
TEST_F(ReviewingTest, ADocumentIsReadFirstAndDecidedOnce) {
    struct Row {
        DocumentStatus before;
        std::string_view decided;
    };
    const std::vector<Row> table{{pending, "document_unread"},
                                 {under_review, "done"},
                                 {DocumentStatus::approved, "already_decided"},
                                 {rejected, "already_decided"}};
    int people = 10;
    for (const Row& row : table) {
        for (const bool approves : {true, false}) {
            SCOPED_TRACE(fmt::format("{} {}", contract::enum_name(row.before), approves ? "approve" : "reject"));
            const Caller person = add_user("Somebody", fmt::format("+2135500001{}", people++));
            const KycDocumentId id = in_state(row.before, person);
            EXPECT_EQ(outcome(approves ? approve(id) : reject(id)), row.decided);
            const std::string_view decision = approves ? "approved" : "rejected";
            EXPECT_EQ(status_of(id), row.decided == "done" ? decision : contract::enum_name(row.before));
            EXPECT_EQ(outcome(look(colleague, id)), "done") << "reading is always possible";
        }
    }
}

TEST_F(ReviewingTest, ADecisionIsLoggedWithoutWords) {
    const KycDocumentId card = prove(amel, id_card);
    EXPECT_THAT(logged("kyc.approved"), HasSubstr(moderator.id.str() + ' ' + card.str()));
    EXPECT_THAT(logged("kyc.approved"), HasSubstr(R"("before": "under_review")"));
    EXPECT_THAT(logged("kyc.approved"), Not(HasSubstr("female")));
    const KycDocumentId id = in_state(under_review, amel);
    ASSERT_TRUE(run(try_reject(moderator, id, RejectionReason::other, "Amel's card of 2019")));
    EXPECT_THAT(logged("kyc.rejected"), HasSubstr(R"("reason": "other")"));
    EXPECT_THAT(logged("kyc.rejected"), Not(HasSubstr("2019")));
    EXPECT_EQ(run(reviewing.show(moderator, id))->note, "Amel's card of 2019");
}

TEST_F(ReviewingTest, TheReasonOtherSaysWhich) {
    const KycDocumentId id = in_state(under_review, amel);
    EXPECT_EQ(outcome(run(try_reject(moderator, id, RejectionReason::other))), "validation_failed note required");
    EXPECT_EQ(outcome(run(try_reject(moderator, id, RejectionReason::other, "a drawing"))), "done");
}

TEST_F(ReviewingTest, TheGenderIsConfirmedWithTheCardAlone) {
    const KycDocumentId card = in_state(under_review, amel, id_card),
                        face = in_state(under_review, amel, profile_photo);
    EXPECT_EQ(approving(card), "validation_failed gender required");
    EXPECT_EQ(approving(face, Gender::female), "validation_failed gender gender_of_id_card");
    EXPECT_FALSE(is_woman(amel));
    EXPECT_EQ(approving(card, Gender::female), "done");
    EXPECT_TRUE(is_woman(amel));
    const KycDocumentId of_badis = in_state(under_review, badis, id_card);
    EXPECT_EQ(approving(of_badis, Gender::male), "done");
    EXPECT_FALSE(is_woman(badis));
    EXPECT_EQ(read("gender", badis), "male");
}

TEST_F(ReviewingTest, ARejectedCardConfirmsNothing) {
    in_state(rejected, amel, id_card);
    prove(amel, profile_photo);
    EXPECT_FALSE(is_woman(amel));
    EXPECT_FALSE(proven(amel).identity);
}

TEST_F(ReviewingTest, TheCardAndTheFaceVerifyAnIdentityInEitherOrder) {
    prove(amel, id_card);
    EXPECT_FALSE(proven(amel).identity);
    prove(amel, profile_photo);
    EXPECT_TRUE(proven(amel).identity);
    prove(badis, profile_photo);
    EXPECT_FALSE(proven(badis).identity);
    prove(badis, id_card);
    EXPECT_TRUE(proven(badis).identity);
    EXPECT_EQ(told(), "approved identity_verified approved identity_verified");
}

TEST_F(ReviewingTest, TheVerifiedDriverReachesEverySearchIndex) {
    const Caller driver = add_driver("Chahinez Driver", "+213550000003");
    const std::string open = add_trip(driver, "open");
    prove(driver, id_card);
    execute("delete from trip_changes");
    prove(driver, profile_photo);
    EXPECT_EQ(read(fmt::format("select count(*) from trip_changes where trip_id = '{}'", open), driver), "1");
}

TEST_F(ReviewingTest, AllFiveAllowToPublish) {
    approve_all(amel);
    EXPECT_EQ(proven(amel).documents_valid_until, day(far_day));
    EXPECT_EQ(told(), "approved identity_verified approved approved may_publish");
}

TEST_F(ReviewingTest, TheOldOneIsValidUntilItsRenewalIsApproved) {
    approve_all(amel);
    const KycDocumentId old = prove(amel, insurance, "2027-01-31");
    EXPECT_EQ(proven(amel).documents_valid_until, day("2027-01-31"));
    const KycDocumentId renewal = in_state(under_review, amel, insurance, "2028-01-31");
    EXPECT_EQ(status_of(old), "approved");
    EXPECT_EQ(proven(amel).documents_valid_until, day("2027-01-31"));
    const std::string picture = picture_of(old);
    EXPECT_EQ(outcome(reject(renewal)), "done");
    EXPECT_EQ(status_of(old), "approved");
    EXPECT_EQ(proven(amel).documents_valid_until, day("2027-01-31")) << "a rejection takes nothing away";
    const KycDocumentId again = prove(amel, insurance, "2028-02-28");
    EXPECT_EQ(status_of(old), "replaced");
    EXPECT_TRUE(is_discarded(picture));
    EXPECT_FALSE(is_discarded(picture_of(again)));
    EXPECT_EQ(proven(amel).documents_valid_until, day("2028-02-28"));
    EXPECT_THAT(mine(amel).missing, IsEmpty());
}

TEST_F(ReviewingTest, WhatExpiredWhileItWaitedIsNotApproved) {
    const KycDocumentId id = in_state(under_review, amel, insurance, "2026-12-02");
    clock.set(parse_instant("2026-12-02T22:59:59Z").value());
    const KycDocumentId other = in_state(under_review, badis, insurance, "2026-12-02");
    EXPECT_EQ(approving(other), "done") << "it is the last day in Algiers";
    clock.set(parse_instant("2026-12-02T23:00:00Z").value());
    EXPECT_EQ(approving(id), "document_expired");
    EXPECT_EQ(outcome(run(try_reject(moderator, id, RejectionReason::expired))), "done");
}

TEST_F(ReviewingTest, WhatAnotherTookThePlaceOfIsGone) {
    const KycDocumentId before = in_state(pending, amel);
    in_state(pending, amel);
    EXPECT_EQ(outcome(look(moderator, before)), "not_found");
    EXPECT_EQ(approving(before), "not_found");
    EXPECT_EQ(outcome(run(reviewing.show(moderator, before))), "not_found");
}

TEST_F(ReviewingTest, TheQueueIsInTheOrderOfArrival) {
    std::vector<std::string> waiting;
    for (const DocumentType type : {insurance, id_card, driver_license}) {
        waiting.push_back(in_state(type == id_card ? under_review : pending, amel, type).str());
        clock.advance(1s);
    }
    const std::string done = in_state(rejected, badis).str();
    clock.advance(1s);
    const std::string proof = prove(badis, profile_photo).str();
    EXPECT_EQ(ids(list("")), waiting);
    EXPECT_THAT(ids(list("status=under_review")), ElementsAre(waiting[1]));
    EXPECT_THAT(ids(list("type=insurance")), ElementsAre(waiting[0]));
    EXPECT_THAT(ids(list("status=rejected")), ElementsAre(done));
    EXPECT_THAT(ids(list("status=approved&type=profile_photo")), ElementsAre(proof));
    EXPECT_THAT(ids(list("status=approved&type=insurance")), IsEmpty());
    const DocumentPage first = list("limit=2");
    EXPECT_THAT(ids(first), ElementsAre(waiting[0], waiting[1]));
    const DocumentPage second = list("limit=2&cursor=" + first.next_cursor.value());
    EXPECT_THAT(ids(second), ElementsAre(waiting[2]));
    EXPECT_EQ(second.next_cursor, std::nullopt);
    const auto foreign =
        contract::parse_query<ListDocuments>("status=pending&cursor=" + first.next_cursor.value()).value();
    EXPECT_EQ(run(reviewing.list(moderator, foreign)).error().code, Code::malformed_request);
}

TEST_F(ReviewingTest, ModeratorsSeeTheNameToCompareAndNoAddress) {
    const KycDocumentId id = in_state(pending, amel);
    const DocumentFile file = run(reviewing.show(moderator, id)).value();
    EXPECT_EQ(file.name, "Amel Haddad");
    EXPECT_TRUE(file.has_picture);
    EXPECT_THAT(contract::to_json(file), Not(HasSubstr(picture_of(id))));
}

TEST_F(ReviewingTest, WithoutAStoreNothingIsRead) {
    const media::PrivatePictures nothing{nullptr, clock};
    Reviewing without{database.db(), clock, nothing, cursors};
    EXPECT_EQ(outcome(run(without.read(moderator, in_state(pending, amel), ""))), "feature_unavailable");
}

}  // namespace
}  // namespace safargo::kyc
