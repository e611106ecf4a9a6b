// Real connections competing for one document.
#include "features/kyc/kyc_world_test.hpp"

namespace safargo::kyc {
namespace {

using enum DocumentType;
using enum DocumentStatus;
using namespace test;

constexpr int rounds = 8;

class DocumentRace : public KycWorld {
protected:
    template <class T>
    using Answers = std::vector<std::optional<Result<T>>>;

    Caller somebody() { return add_user("Somebody", fmt::format("+2135500001{}", ++people_)); }
    std::int64_t count(std::string_view from) {
        return std::stoll(read(fmt::format("select count(*) from {}", from), amel));
    }

private:
    int people_ = 10;
};

TEST_F(DocumentRace, TwoModeratorsDecideAtOnce) {
    for (int round = 0; round < rounds; ++round) {
        const KycDocumentId id = in_state(under_review, somebody());
        Answers<DocumentFile> answers(2);
        std::vector<Task<void>> both;
        both.push_back(testing::keep_answer(try_approve(moderator, id), answers[0]));
        both.push_back(testing::keep_answer(try_reject(colleague, id), answers[1]));
        run_all(std::move(both));
        ASSERT_NE(answers[0]->has_value(), answers[1]->has_value()) << "one of them decides";
        const bool first = answers[0]->has_value();
        EXPECT_EQ(outcome(first ? *answers[1] : *answers[0]), "already_decided");
        EXPECT_EQ(status_of(id), first ? "approved" : "rejected");
        EXPECT_EQ(run(reviewing.show(moderator, id))->decided_by, first ? moderator.id : colleague.id);
        EXPECT_EQ(count(fmt::format("audit_log where subject = '{}' and action <> 'kyc.read'", id.str())), 1);
    }
    EXPECT_EQ(count("outbox where kind = 'kyc.changed'"), rounds);
}

TEST_F(DocumentRace, TheCardAndTheFaceAreApprovedAtOnce) {
    for (int round = 0; round < rounds; ++round) {
        const Caller person = somebody();
        const KycDocumentId card = in_state(under_review, person, id_card);
        const KycDocumentId face = in_state(under_review, person, profile_photo);
        Answers<DocumentFile> answers(2);
        std::vector<Task<void>> both;
        both.push_back(testing::keep_answer(try_approve(moderator, card, users::Gender::female), answers[0]));
        both.push_back(testing::keep_answer(try_approve(colleague, face), answers[1]));
        run_all(std::move(both));
        ASSERT_TRUE(answers[0]->has_value() && answers[1]->has_value());
        EXPECT_TRUE(mine(person).identity_verified) << "the later one sees the other";
    }
}

TEST_F(DocumentRace, TwoOfATypeAreSentAtOnce) {
    for (int round = 0; round < rounds; ++round) {
        const Caller person = somebody();
        Answers<DocumentView> answers(2);
        std::vector<Task<void>> both;
        both.push_back(testing::keep_answer(try_send(person, wanted(person, insurance)), answers[0]));
        both.push_back(testing::keep_answer(try_send(person, wanted(person, insurance)), answers[1]));
        run_all(std::move(both));
        ASSERT_TRUE(answers[0]->has_value() && answers[1]->has_value());
        EXPECT_EQ(mine(person).documents.size(), 1U) << "one takes the place of the other";
        EXPECT_EQ(count(fmt::format("pictures where owner_id = '{}' and discarded_at is null", person.id.str())), 1);
    }
}

// The moderator reads the one that is there, or none; never a picture that is being deleted unseen.
TEST_F(DocumentRace, ADocumentIsReadWhileAnotherIsSent) {
    for (int round = 0; round < rounds; ++round) {
        const Caller person = somebody();
        const KycDocumentId id = in_state(pending, person);
        Answers<SignedPicture> seen(1);
        Answers<DocumentView> sent(1);
        std::vector<Task<void>> both;
        both.push_back(testing::keep_answer(reviewing.read(moderator, id, ""), seen[0]));
        both.push_back(testing::keep_answer(try_send(person, wanted(person, insurance)), sent[0]));
        run_all(std::move(both));
        ASSERT_NE(seen[0]->has_value(), sent[0]->has_value());
        EXPECT_EQ(outcome(*seen[0]), seen[0]->has_value() ? "done" : "not_found");
        EXPECT_EQ(outcome(*sent[0]), sent[0]->has_value() ? "done" : "document_under_review");
    }
}

}  // namespace
}  // namespace safargo::kyc
