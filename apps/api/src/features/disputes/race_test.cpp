// Real connections competing for one dispute: whichever comes first, the money moves once.
#include "features/disputes/disputes_world_test.hpp"

namespace safargo::disputes {
namespace {

using enum PaymentStatus;

constexpr int rounds = 6;

class DisputeRace : public DisputesWorld {
protected:
    template <class T>
    using Answers = std::vector<std::optional<Result<T>>>;
};

TEST_F(DisputeRace, TwoOpeners) {
    for (int round = 0; round < rounds; ++round) {
        const BookingId id = travelled();
        Answers<BookingView> answers(2);
        std::vector<Task<void>> both;
        both.push_back(testing::keep_answer(try_open(passenger, id), answers[0]));
        both.push_back(testing::keep_answer(try_open(driver, id), answers[1]));
        testing::run_all(std::move(both));
        ASSERT_NE(answers[0]->has_value(), answers[1]->has_value());
        EXPECT_EQ(code_of(answers[0]->has_value() ? *answers[1] : *answers[0]), Code::already_disputed);
        EXPECT_EQ(view(passenger, id).dispute->opened_by, answers[0]->has_value() ? Side::passenger : Side::driver);
        EXPECT_EQ(status(id), "disputed");
    }
}

TEST_F(DisputeRace, AnOpenerAndTheCapture) {
    for (int round = 0; round < rounds; ++round) {
        const BookingId id = travelled();
        clock_.advance(24h);
        Answers<BookingView> answers(1);
        std::vector<Task<void>> both;
        both.push_back(testing::keep_answer(try_open(passenger, id), answers[0]));
        both.push_back(provider_tasks.capture(id));
        testing::run_all(std::move(both));
        ASSERT_TRUE(answers[0]->has_value()) << "in time, completed or settled";
        ASSERT_EQ(status(id), "disputed");
        ASSERT_TRUE(resolve(id, 420));
        work_off();
        expect_money(id, refunded, at_provider(id)->captured.amount, 420);
        expect_sound();
    }
}

TEST_F(DisputeRace, TheAccusedAndTheEndOfTheContest) {
    for (const Side missing : {Side::passenger, Side::driver}) {
        for (int round = 0; round < rounds; ++round) {
            const BookingId id = missed(missing);
            const UserId accused = missing == Side::driver ? driver : passenger;
            clock_.advance(24h - std::chrono::microseconds{round % 2});
            Answers<BookingView> answers(1);
            std::vector<Task<void>> both;
            both.push_back(testing::keep_answer(try_open(accused, id), answers[0]));
            both.push_back(send_due());
            testing::run_all(std::move(both));
            const bool in_time = round % 2 == 1;
            ASSERT_EQ(answers[0]->has_value(), in_time);
            ASSERT_EQ(counted(accused), in_time ? 0 : 1);
            ASSERT_EQ(payment(id).status, in_time ? hold : missing == Side::driver ? refunded : captured);
            expect_sound();
        }
    }
}

TEST_F(DisputeRace, TwoDecisions) {
    for (int round = 0; round < rounds; ++round) {
        const BookingId id = round % 2 == 0 ? travelled() : settled();
        ASSERT_TRUE(open(driver, id));
        Answers<DisputeFile> answers(2);
        const DisputeId dispute = dispute_of(id);
        std::vector<Task<void>> both;
        both.push_back(testing::keep_answer(try_resolve(admin, dispute, 300), answers[0]));
        both.push_back(testing::keep_answer(try_resolve(admin, dispute, 700), answers[1]));
        both.push_back(provider_tasks.capture(id));
        testing::run_all(std::move(both));
        ASSERT_NE(answers[0]->has_value(), answers[1]->has_value());
        EXPECT_EQ(code_of(answers[0]->has_value() ? *answers[1] : *answers[0]), Code::illegal_transition);
        work_off();
        EXPECT_EQ(payment(id).refunded, Dinars{answers[0]->has_value() ? 300 : 700});
        EXPECT_EQ(status(id), "settled");
        expect_sound();
    }
}

TEST_F(DisputeRace, TheDecisionAndTheCancellationOfTheTrip) {
    for (int round = 0; round < rounds; ++round) {
        const BookingId id = missed(Side::passenger);
        ASSERT_TRUE(open(passenger, id));
        Answers<DisputeFile> decisions(1);
        Answers<Nothing> cancelled(1);
        const TripId trip = view(passenger, id).trip_id;
        std::vector<Task<void>> both;
        both.push_back(testing::keep_answer(try_resolve(admin, dispute_of(id), 420), decisions[0]));
        both.push_back(testing::keep_answer(try_end_trip(trip, trips::TripStatus::cancelled), cancelled[0]));
        testing::run_all(std::move(both));
        ASSERT_TRUE(cancelled[0]->has_value());
        const bool decided = decisions[0]->has_value();
        EXPECT_EQ(view(passenger, id).dispute->status, decided ? DisputeStatus::resolved : DisputeStatus::closed);
        EXPECT_EQ(payment(id).refunded, Dinars{decided ? 420 : 1575});
        EXPECT_EQ(status(id), "settled");
        work_off();
        expect_sound();
    }
}

TEST_F(DisputeRace, TheAnswerAndTheDecision) {
    for (int round = 0; round < rounds; ++round) {
        const BookingId id = travelled();
        ASSERT_TRUE(open(passenger, id));
        const AnswerDispute words{Text<2000>::parse("me too").value()};
        Answers<BookingView> answers(1);
        Answers<DisputeFile> decisions(1);
        std::vector<Task<void>> both;
        both.push_back(testing::keep_answer(db_.transact<BookingView>([this, id, words](db::Transaction& tx) {
            return disputes.answer(tx, as(driver), id, words);
        }),
                                            answers[0]));
        both.push_back(testing::keep_answer(try_resolve(admin, dispute_of(id), 0), decisions[0]));
        testing::run_all(std::move(both));
        ASSERT_TRUE(decisions[0]->has_value());
        EXPECT_EQ(show(admin, id)->status, DisputeStatus::resolved);
        EXPECT_EQ(show(admin, id)->answer.has_value(), answers[0]->has_value()) << "an accepted answer is kept";
    }
}

}  // namespace
}  // namespace safargo::disputes
