#include "features/disputes/disputes_world_test.hpp"

#include <gmock/gmock.h>

namespace safargo::disputes {
namespace {

using enum PaymentStatus;

class DisputesTest : public DisputesWorld {
protected:
    UserId of(Side side) const { return side == Side::driver ? driver : passenger; }
    Result<DisputePage> list(std::optional<DisputeStatus> status = {}, std::optional<std::int64_t> limit = {},
                             std::optional<std::string> cursor = {}) {
        ListDisputes wanted{.status = status, .limit = {}, .cursor = {}};
        if (limit) wanted.limit = Bounded<1, 100>::from(*limit).value();
        if (cursor) wanted.cursor = Text<300>::parse(*cursor).value();
        return testing::run(disputes.list(wanted));
    }
};

TEST_F(DisputesTest, TheAccusedContestsANoShowAndTheMoneyIsFrozen) {
    const BookingId id = missed(Side::passenger);
    clock_.advance(24h - 1us);
    const auto opened = open(passenger, id, DisputeReason::no_show);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->status, BookingStatus::disputed);
    EXPECT_EQ(opened->contest_until, std::nullopt);
    ASSERT_TRUE(opened->dispute);
    EXPECT_EQ(opened->dispute->status, DisputeStatus::open);
    EXPECT_EQ(opened->dispute->reason, DisputeReason::no_show);
    EXPECT_EQ(opened->dispute->opened_by, Side::passenger);
    EXPECT_EQ(opened->dispute->answer, std::nullopt);
    EXPECT_EQ(opened->dispute->due_at, clock_.now() + 48h);
    EXPECT_EQ(view(driver, id).dispute->id, opened->dispute->id) << "both sides see it";
    clock_.advance(30h);
    work_off();
    expect_money(id, hold, 0, 0);
    EXPECT_EQ(at_provider(id)->status, sandbox::ChargeStatus::held);
    EXPECT_EQ(counted(passenger) + counted(driver), 0);
    EXPECT_EQ(code_of(capture(id)), Code::dispute_open);
    EXPECT_EQ(code_of(refund(id)), Code::dispute_open);
    expect_sound();
}

TEST_F(DisputesTest, AContestedNoShowOfTheDriverRefundsNothingYet) {
    const BookingId id = missed(Side::driver);
    ASSERT_TRUE(open(driver, id));
    clock_.advance(48h);
    work_off();
    expect_money(id, hold, 0, 0);
    EXPECT_EQ(counted(driver), 0);
    expect_sound();
}

TEST_F(DisputesTest, ANoShowIsContestedByTheAccusedOnlyAndInTime) {
    for (const Side accused : {Side::passenger, Side::driver}) {
        const BookingId id = missed(accused);
        const Side accuser = accused == Side::driver ? Side::passenger : Side::driver;
        EXPECT_EQ(code_of(open(of(accuser), id)), Code::forbidden);
        EXPECT_EQ(code_of(open(add_user("Someone"), id)), Code::not_found);
        EXPECT_EQ(code_of(open(admin.id, id)), Code::not_found);
        clock_.advance(24h);
        EXPECT_EQ(code_of(open(of(accused), id)), Code::dispute_closed) << "even before the job has run";
        work_off();
        EXPECT_EQ(code_of(open(of(accused), id)), Code::dispute_closed);
        EXPECT_EQ(counted(of(accused)), 1);
        expect_money(id, accused == Side::passenger ? captured : refunded, accused == Side::passenger ? 1575 : 0,
                     accused == Side::passenger ? 0 : 1575);
    }
    expect_sound();
}

TEST_F(DisputesTest, ARideIsDisputedByEitherBeforeAndAfterItsCapture) {
    for (const Side by : {Side::passenger, Side::driver}) {
        const BookingId held = travelled();
        ASSERT_TRUE(open(of(by), held));
        clock_.advance(24h);
        work_off();
        expect_money(held, hold, 0, 0);
        EXPECT_EQ(status(held), "disputed");
        const BookingId taken = settled();
        ASSERT_TRUE(open(of(by), taken));
        EXPECT_EQ(code_of(refund(taken)), Code::dispute_open);
        expect_money(taken, captured, 1575, 0);
    }
    const BookingId late = settled();
    clock_.advance(24h);
    EXPECT_EQ(code_of(open(passenger, late)), Code::dispute_closed) << "48 h after the ride, not after the capture";
    const BookingId to_come = booked();
    EXPECT_EQ(code_of(open(passenger, to_come)), Code::illegal_transition);
    EXPECT_EQ(code_of(open(passenger, BookingId::make(clock_.now()))), Code::not_found);
    expect_sound();
}

TEST_F(DisputesTest, ABookingHasOneDispute) {
    const BookingId id = travelled();
    ASSERT_TRUE(open(passenger, id));
    EXPECT_EQ(code_of(open(passenger, id)), Code::already_disputed);
    EXPECT_EQ(code_of(open(driver, id)), Code::already_disputed);
    ASSERT_TRUE(resolve(id, 0));
    EXPECT_EQ(status(id), "settled");
    EXPECT_EQ(code_of(open(driver, id)), Code::already_disputed) << "a decided dispute cannot be reopened";
}

TEST_F(DisputesTest, TheOtherSideAnswersOnce) {
    const BookingId id = travelled();
    EXPECT_EQ(code_of(answer(driver, id)), Code::not_found);
    ASSERT_TRUE(open(passenger, id));
    EXPECT_EQ(code_of(answer(passenger, id)), Code::forbidden);
    EXPECT_EQ(code_of(answer(add_user("Someone"), id)), Code::not_found);
    clock_.advance(60h);
    const auto answered = answer(driver, id);
    ASSERT_TRUE(answered) << "late, but still accepted";
    EXPECT_EQ(answered->dispute->status, DisputeStatus::in_review);
    EXPECT_EQ(answered->dispute->answer, "words of the other");
    EXPECT_EQ(view(passenger, id).dispute->answer, "words of the other");
    EXPECT_EQ(code_of(answer(driver, id)), Code::already_exists);
    const BookingId decided = travelled();
    ASSERT_TRUE(open(driver, decided));
    ASSERT_TRUE(resolve(decided, 0));
    EXPECT_EQ(code_of(answer(passenger, decided)), Code::illegal_transition);
}

TEST_F(DisputesTest, APersonWhoHasLeftOpensNone) {
    const BookingId id = settled();
    const std::pair<const char*, Code> ends[] = {{"suspended", Code::account_suspended},
                                                 {"deleted", Code::unauthenticated}};
    for (const auto& [status, code] : ends) {
        text("update users set status = '" + std::string(status) + "' where id = $1 returning status", passenger.value);
        EXPECT_EQ(code_of(open(passenger, id)), code);
    }
}

TEST_F(DisputesTest, ModeratorsReadBothSidesAndTakeItIntoReview) {
    const BookingId id = travelled();
    ASSERT_TRUE(open(driver, id, DisputeReason::payment_issue));
    const auto file = show(as(add_user("Moderator"), Role::moderator), id);
    ASSERT_TRUE(file);
    EXPECT_EQ(file->status, DisputeStatus::in_review);
    EXPECT_EQ(file->disputed_status, BookingStatus::completed);
    EXPECT_EQ(file->text, "words of the opener");
    EXPECT_EQ(file->answer, std::nullopt);
    EXPECT_EQ(file->booking.id, id);
    EXPECT_EQ(file->booking.driver.id, driver);
    EXPECT_EQ(file->booking.passenger.id, passenger);
    EXPECT_EQ(file->booking.boarding, std::nullopt);
    ASSERT_TRUE(answer(passenger, id));
    EXPECT_EQ(show(admin, id)->answer, "words of the other");
    ASSERT_TRUE(resolve(id, 100));
    EXPECT_EQ(show(admin, id)->status, DisputeStatus::resolved) << "reading does not reopen it";
    const auto nowhere = testing::run(db_.transact<DisputeFile>(
        [&](db::Transaction& tx) { return disputes.show(tx, admin, DisputeId::make(clock_.now())); }));
    EXPECT_EQ(code_of(nowhere), Code::not_found);
}

TEST_F(DisputesTest, AreListedNewestFirstByStatusAndPage) {
    std::vector<DisputeId> ids;
    for (int i = 0; i < 3; ++i) {
        const BookingId id = travelled();
        ASSERT_TRUE(open(passenger, id));
        ids.insert(ids.begin(), dispute_of(id));
        if (i == 1) ASSERT_TRUE(answer(driver, id));
    }
    const auto ids_of = [](const DisputePage& page) {
        std::vector<DisputeId> found;
        for (const DisputeCard& card : page.items) found.push_back(card.id);
        return found;
    };
    EXPECT_EQ(ids_of(*list()), ids);
    EXPECT_EQ(ids_of(*list(DisputeStatus::in_review)), std::vector{ids[1]});
    EXPECT_EQ(list(DisputeStatus::in_review)->items[0].answered, true);
    const auto first = list({}, 2);
    EXPECT_EQ(ids_of(*first), (std::vector{ids[0], ids[1]}));
    const auto second = list({}, 2, first->next_cursor);
    EXPECT_EQ(ids_of(*second), std::vector{ids[2]});
    EXPECT_EQ(second->next_cursor, std::nullopt);
    EXPECT_EQ(code_of(list(DisputeStatus::open, 2, first->next_cursor)), Code::malformed_request);
    EXPECT_TRUE(list(DisputeStatus::closed)->items.empty());
}

TEST_F(DisputesTest, TellThePeopleConcerned) {
    const BookingId id = travelled();
    news_are_over();
    ASSERT_TRUE(open(passenger, id));
    work_off();
    ASSERT_EQ(mailbox.letters.size(), 1U);
    EXPECT_EQ(mailbox.letters[0].to, text("select phone from users where id = $1", driver.value));
    EXPECT_EQ(
        mailbox.letters[0].text,
        "Yasmine H. a ouvert un litige sur Alger → Oran du 01/12 à 11:00. Donnez votre version dans SafarGo avant "
        "le 03/12 à 16:00.");
    ASSERT_TRUE(answer(driver, id));
    work_off();
    ASSERT_EQ(mailbox.letters.size(), 2U);
    EXPECT_EQ(mailbox.letters[1].to, text("select phone from users where id = $1", passenger.value));
    EXPECT_THAT(mailbox.letters[1].text, ::testing::StartsWith("Karim B. a répondu à votre litige sur Alger → Oran"));
    ASSERT_TRUE(resolve(id, 420));
    work_off();
    ASSERT_EQ(mailbox.letters.size(), 4U) << "both, once";
    for (const std::size_t last : {2U, 3U}) {
        EXPECT_THAT(mailbox.letters[last].text, ::testing::HasSubstr("Somme remboursée au passager : 420 DA."));
    }
    EXPECT_NE(mailbox.letters[2].to, mailbox.letters[3].to);
}

TEST_F(DisputesTest, CallAPersonWithoutANameAMember) {
    const BookingId id = travelled();
    news_are_over();
    database_.execute("update users set name = ''");
    database_.execute("update users set locale = 'en' where id = '" + driver.str() + "'");
    ASSERT_TRUE(open(passenger, id));
    ASSERT_TRUE(answer(driver, id));
    work_off();
    ASSERT_EQ(mailbox.letters.size(), 2U);
    EXPECT_THAT(mailbox.letters[0].text, ::testing::StartsWith("Member has opened a dispute about Alger → Oran"));
    EXPECT_THAT(mailbox.letters[1].text, ::testing::StartsWith("Membre a répondu à votre litige sur Alger → Oran"));
}

TEST_F(DisputesTest, UnreadableEventsAreKeptForInspection) {
    EXPECT_THROW(testing::run(dispute_notifier.subscription().handlings[0].handler(
                     {.ordering_key = "", .kind = "", .payload = "{}"})),
                 std::runtime_error);
}

}  // namespace
}  // namespace safargo::disputes
