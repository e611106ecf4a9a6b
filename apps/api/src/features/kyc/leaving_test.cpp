// What the export says about documents, and that nothing of them stays when their person leaves.
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

class LeavingWithDocuments : public KycWorld {
protected:
    std::string exported(const Caller& caller) { return run(users.export_all(caller)).value().body; }
};

TEST_F(LeavingWithDocuments, TheExportListsThem) {
    const KycDocumentId id = in_state(under_review, amel);
    ASSERT_TRUE(run(try_reject(moderator, id, RejectionReason::other, "words for Amel")));
    EXPECT_THAT(exported(amel), HasSubstr(id.str()));
    EXPECT_THAT(exported(amel), HasSubstr("words for Amel"));
    EXPECT_THAT(exported(amel), Not(HasSubstr(moderator.id.str()))) << "who decided is not theirs";
    EXPECT_THAT(exported(badis), Not(HasSubstr(id.str())));
}

TEST_F(LeavingWithDocuments, NothingStaysButTheLogOfReadings) {
    approve_all(amel);
    const KycDocumentId waiting = in_state(pending, amel), others = in_state(pending, badis);
    const std::string picture = picture_of(waiting);
    ASSERT_TRUE(leave(amel));
    EXPECT_EQ(status_of(waiting), "none");
    EXPECT_EQ(read("select count(*) from kyc_documents where user_id = users.id", amel), "0");
    EXPECT_TRUE(is_discarded(picture));
    EXPECT_EQ(read("concat_ws(' ', gender, gender_confirmed_at, kyc_approved_at, documents_valid_until)", amel), "");
    EXPECT_EQ(status_of(others), "pending");
    EXPECT_THAT(logged("kyc.read"), HasSubstr(amel.id.str()));
    EXPECT_EQ(outcome(look(moderator, waiting)), "not_found");
    EXPECT_EQ(outcome(approve(waiting)), "not_found");
}

TEST_F(LeavingWithDocuments, AModeratorWhoLeavesKeepsNoDecisionOpen) {
    const KycDocumentId id = prove(amel, insurance);
    ASSERT_TRUE(leave(moderator));
    EXPECT_EQ(status_of(id), "approved");
    EXPECT_EQ(run(reviewing.show(colleague, id))->decided_by, moderator.id);
}

}  // namespace
}  // namespace safargo::kyc
