// Deleting an account during or after a dispute, and what the data export says about it.
#include "features/bookings/personal_data.hpp"
#include "features/disputes/disputes_world_test.hpp"
#include "features/disputes/personal_data.hpp"
#include "features/payments/personal_data.hpp"
#include "features/trips/personal_data.hpp"
#include "features/users/service.hpp"

#include <gmock/gmock.h>

namespace safargo::disputes {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class LeavingADispute : public DisputesWorld {
protected:
    Task<Result<Nothing>> try_leave(UserId who) {
        return db_.transact<Nothing>([this, who](db::Transaction& tx) { return users_.leave(tx, as(who)); });
    }
    Result<Nothing> leave(UserId who) { return testing::run(try_leave(who)); }
    std::string exported(UserId who) { return testing::run(users_.export_all(as(who))).value().body; }

    users::UserService users_{
        db_,
        clock_,
        {trips::personal_data(), bookings::personal_data(), payments::personal_data(), disputes::personal_data()}};
};

TEST_F(LeavingADispute, IsRefusedUntilItIsDecided) {
    const BookingId id = travelled(Method::cash);
    ASSERT_TRUE(open(passenger, id));
    EXPECT_EQ(code_of(leave(passenger)), Code::illegal_transition);
    EXPECT_EQ(code_of(leave(driver)), Code::illegal_transition);
    ASSERT_TRUE(answer(driver, id));
    ASSERT_TRUE(resolve(id, 0));
    ASSERT_TRUE(leave(passenger));
    ASSERT_TRUE(leave(driver));
    const auto file = show(admin, id);
    ASSERT_TRUE(file) << "the decision stays";
    EXPECT_EQ(file->note, "why so");
    EXPECT_FALSE(file->text || file->answer) << "the words of the person who left do not";
}

TEST_F(LeavingADispute, RemovesOnlyTheLeaversWords) {
    const BookingId id = travelled(Method::cash);
    ASSERT_TRUE(open(passenger, id));
    ASSERT_TRUE(answer(driver, id));
    ASSERT_TRUE(resolve(id, 0));
    ASSERT_TRUE(leave(passenger));
    EXPECT_FALSE(show(admin, id)->text);
    EXPECT_EQ(show(admin, id)->answer, "words of the other");
}

TEST_F(LeavingADispute, IsRefusedToBothWhileANoShowMayBeContested) {
    for (const Side missing : {Side::passenger, Side::driver}) {
        const BookingId id = missed(missing, Method::cash);
        end_trip(id, trips::TripStatus::completed);
        EXPECT_EQ(code_of(leave(passenger)), Code::illegal_transition);
        EXPECT_EQ(code_of(leave(driver)), Code::illegal_transition);
        clock_.advance(24h);
        work_off();
        EXPECT_TRUE(leave(passenger));
        EXPECT_TRUE(leave(driver));
    }
}

// A settled ride does not block deletion: the other person may still dispute it.
TEST_F(LeavingADispute, BeforeItIsOpenedLetsTheOtherStillOpenIt) {
    const BookingId id = settled();
    ASSERT_TRUE(leave(passenger));
    const UserId stays = driver;
    ASSERT_TRUE(open(stays, id));
    work_off();
    ASSERT_TRUE(resolve(id, 1575)) << "a person who has left is refunded the way they paid";
    work_off();
    expect_money(id, PaymentStatus::refunded, 1575, 1575);
    expect_sound();
}

TEST_F(LeavingADispute, AndOpeningAtOnceIsDecidedByTheFirst) {
    for (int round = 0; round < 6; ++round) {
        const BookingId id = settled();
        std::optional<Result<BookingView>> opened;
        std::optional<Result<Nothing>> left;
        std::vector<Task<void>> both;
        both.push_back(testing::keep_answer(try_open(passenger, id), opened));
        both.push_back(testing::keep_answer(try_leave(passenger), left));
        testing::run_all(std::move(both));
        ASSERT_NE(opened->has_value(), left->has_value());
        EXPECT_EQ(opened->has_value() ? left->error().code : opened->error().code,
                  opened->has_value() ? Code::illegal_transition : Code::unauthenticated);
    }
}

TEST_F(LeavingADispute, TheExportContainsOnlyTheirOwnWords) {
    const BookingId id = travelled();
    ASSERT_TRUE(open(passenger, id));
    ASSERT_TRUE(answer(driver, id));
    EXPECT_THAT(exported(passenger), HasSubstr("words of the opener"));
    EXPECT_THAT(exported(passenger), Not(HasSubstr("words of the other")));
    EXPECT_THAT(exported(driver), HasSubstr("words of the other"));
    EXPECT_THAT(exported(driver), Not(HasSubstr("words of the opener")));
    EXPECT_THAT(exported(admin.id), Not(HasSubstr("words of")));
}

}  // namespace
}  // namespace safargo::disputes
