#include "features/kyc/kyc_world_test.hpp"

#include "features/users/service.hpp"

#include <gmock/gmock.h>

namespace safargo::kyc {
namespace {

using enum DocumentType;
using enum DocumentStatus;
using ::testing::HasSubstr;
using ::testing::Not;
using namespace test;

class OwnDocumentsTest : public KycWorld {
protected:
    std::string sending(const Caller& caller, DocumentType type, std::optional<std::string_view> expires_on = {}) {
        return outcome(send(caller, type, expires_on));
    }
    std::string listed(const Caller& caller) {
        std::string text;
        for (const DocumentView& document : mine(caller).documents) {
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", contract::enum_name(document.type),
                                contract::enum_name(document.status));
        }
        return text;
    }
};

TEST_F(OwnDocumentsTest, ADocumentWaitsForAModerator) {
    const auto sent = send(amel, driver_license, "2034-12-31");
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->status, pending);
    EXPECT_EQ(sent->expires_on, day("2034-12-31"));
    EXPECT_EQ(listed(amel), "driver_license pending");
    EXPECT_EQ(listed(badis), "") << "nobody else sees it";
    EXPECT_FALSE(mine(amel).identity_verified);
    EXPECT_FALSE(mine(amel).may_publish);
    EXPECT_EQ(mine(amel).missing.size(), 5U);
}

TEST_F(OwnDocumentsTest, NothingThatItsOwnerReadsLeadsToThePicture) {
    const std::string picture = picture_of(in_state(pending, amel));
    EXPECT_THAT(contract::to_json(mine(amel)), Not(HasSubstr(picture)));
}

TEST_F(OwnDocumentsTest, ADocumentThatExpiresTodayInAlgiersIsValid) {
    clock.set(parse_instant("2026-12-03T22:59:59Z").value());
    EXPECT_EQ(sending(amel, insurance, "2026-12-03"), "done");
    clock.set(parse_instant("2026-12-03T23:00:00Z").value());  // midnight there
    EXPECT_EQ(sending(badis, insurance, "2026-12-03"), "validation_failed expires_on document_expires");
    EXPECT_EQ(sending(badis, insurance, "2026-12-04"), "done");
}

TEST_F(OwnDocumentsTest, TheUploadIsOnesOwnADocumentAndUsedOnce) {
    const auto use = [&](const Caller& caller, UploadId upload) {
        return outcome(run(try_send(caller, {id_card, upload, std::nullopt})));
    };
    const UploadId upload = finished(amel);
    EXPECT_EQ(use(badis, upload), "validation_failed upload_id unknown_reference");
    EXPECT_EQ(use(amel, finished(amel, "profile_photo")), "validation_failed upload_id unknown_reference");
    EXPECT_EQ(use(amel, upload), "done");
    EXPECT_EQ(outcome(run(try_send(amel, {profile_photo, upload, std::nullopt}))), "upload_used");
    EXPECT_EQ(listed(amel), "id_card pending");
}

TEST_F(OwnDocumentsTest, ARefusalLeavesTheDocumentBefore) {
    const KycDocumentId before = in_state(pending, amel, id_card);
    EXPECT_EQ(outcome(run(try_send(amel, {id_card, UploadId::make(clock.now()), std::nullopt}))),
              "validation_failed upload_id unknown_reference");
    EXPECT_EQ(status_of(before), "pending");
    EXPECT_FALSE(is_discarded(picture_of(before)));
}

// Another of the same type, in every state of the one before.
TEST_F(OwnDocumentsTest, AnotherTakesThePlaceOfWhatIsNeitherReadNorApproved) {
    struct Row {
        DocumentStatus before;
        std::string_view answer, becomes;
        bool discarded;
    };
    const std::vector<Row> table{{pending, "done", "replaced", true},
                                 {under_review, "document_under_review", "under_review", false},
                                 {rejected, "done", "replaced", true},
                                 {approved, "done", "approved", false}};
    int people = 10;
    for (const Row& row : table) {
        SCOPED_TRACE(contract::enum_name(row.before));
        const Caller person = add_user("Somebody", fmt::format("+2135500001{}", people++));
        const KycDocumentId before = in_state(row.before, person);
        const KycDocumentId other = in_state(pending, person, vehicle_registration);
        const std::string picture = picture_of(before);
        EXPECT_EQ(sending(person, insurance), row.answer);
        EXPECT_EQ(status_of(before), row.becomes);
        EXPECT_EQ(is_discarded(picture), row.discarded);
        EXPECT_EQ(picture_of(before) == "none", row.discarded);
        EXPECT_EQ(status_of(other), "pending") << "another type is not touched";
    }
}

TEST_F(OwnDocumentsTest, TwentyADayThoughTheyTakeEachOthersPlace) {
    for (int i = 0; i < most_documents_a_day; ++i) ASSERT_EQ(sending(amel, id_card), "done");
    EXPECT_EQ(listed(amel), "id_card pending");
    EXPECT_EQ(sending(amel, insurance), "too_many_documents most_documents_a_day");
    EXPECT_EQ(sending(badis, insurance), "done");
    clock.advance(24h);
    EXPECT_EQ(sending(amel, insurance), "done");
}

TEST_F(OwnDocumentsTest, AnAccountThatCannotActSendsNothing) {
    execute("update users set status = 'suspended' where id = '{}'", amel.id.str());
    EXPECT_EQ(sending(amel, id_card), "account_suspended");
    ASSERT_TRUE(leave(badis));
    EXPECT_EQ(sending(badis, id_card), "unauthenticated");
}

TEST_F(OwnDocumentsTest, ARejectionIsReadInOnesLanguage) {
    const KycDocumentId id = in_state(under_review, amel);
    ASSERT_TRUE(run(try_reject(moderator, id, RejectionReason::unreadable, "the number")));
    const MyDocuments documents = mine(amel);
    EXPECT_EQ(documents.documents.at(0).note, "the number");
    EXPECT_THAT(contract::to_json(documents, {Language::en}), HasSubstr("cannot be read"));
    EXPECT_THAT(contract::to_json(documents, {Language::fr}), HasSubstr("illisible"));
    EXPECT_THAT(contract::to_json(documents, {Language::ar}), HasSubstr("غير مقروءة"));
}

TEST_F(OwnDocumentsTest, PublishingIsAllowedThroughTheLastDayOfTheFirstThatEnds) {
    for (const DocumentType type : {id_card, profile_photo, driver_license, vehicle_registration}) prove(amel, type);
    EXPECT_TRUE(mine(amel).identity_verified);
    EXPECT_FALSE(mine(amel).may_publish);
    prove(amel, insurance, "2026-12-03");
    EXPECT_TRUE(mine(amel).may_publish);
    EXPECT_EQ(mine(amel).valid_until, day("2026-12-03"));
    clock.set(parse_instant("2026-12-03T22:59:59Z").value());
    EXPECT_TRUE(mine(amel).may_publish);
    clock.set(parse_instant("2026-12-03T23:00:00Z").value());
    EXPECT_FALSE(mine(amel).may_publish);
    EXPECT_TRUE(mine(amel).identity_verified);
    EXPECT_EQ(mine(amel).missing, (std::vector<MissingDocument>{{insurance, MissingBecause::expired}}));
}

TEST_F(OwnDocumentsTest, WhoWasApprovedByHandMayPublishAsBefore) {
    execute("update users set kyc_approved_at = now(), documents_valid_until = '2099-12-31' where id = '{}'",
            amel.id.str());
    EXPECT_TRUE(mine(amel).may_publish);
    EXPECT_TRUE(mine(amel).missing.empty());
    prove(amel, insurance, "2026-12-03");
    EXPECT_EQ(mine(amel).valid_until, day("2099-12-31")) << "one document of three takes nothing away";
    prove(amel, driver_license);
    prove(amel, vehicle_registration);
    EXPECT_EQ(mine(amel).valid_until, day("2026-12-03"));
}

}  // namespace
}  // namespace safargo::kyc
