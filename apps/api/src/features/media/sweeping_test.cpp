#include "db/outbox.hpp"
#include "features/media/media_world_test.hpp"
#include "features/media/pruning.hpp"

#include <gmock/gmock.h>

namespace safargo::media {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::run;

constexpr auto over = permit_lasts + permit_grace + std::chrono::seconds{1};

class SweepingTest : public test::MediaWorld {
protected:
    static Task<void> refuse_to_remove(bool broken) {
        if (broken) throw DependencyUnavailable("objects", "away");
        co_return;
    }
    void break_removal() {
        store.before = [](std::string_view operation) { return refuse_to_remove(operation == "remove"); };
    }
};

TEST_F(SweepingTest, RemovesWhatWasSentAndNeverFinished) {
    const UploadId id = sent(amina, Purpose::profile_photo);
    sweep();
    EXPECT_TRUE(is_stored(original_of(id)));
    clock.advance(over);
    sweep();
    EXPECT_THAT(store.keys(), IsEmpty());
    EXPECT_EQ(state_of(id), "expired");
}

TEST_F(SweepingTest, RemovesWhatIsSentAgainAfterARefusal) {
    processor.refuses = Violation{Rule::picture_broken};
    const PermittedUpload upload = ask(amina, Purpose::profile_photo).value();
    send(upload);
    finish(amina, upload.id);
    EXPECT_THAT(store.keys(), IsEmpty());
    EXPECT_EQ(send(upload), 204) << "the permit is still good";
    clock.advance(over);
    sweep();
    EXPECT_THAT(store.keys(), IsEmpty());
}

// The service ended after writing the objects and before it recorded the picture.
TEST_F(SweepingTest, RemovesWhatACrashLeftBehind) {
    for (const Purpose purpose : {Purpose::profile_photo, Purpose::kyc_document}) {
        const UploadId id = sent(amina, purpose);
        for (const ObjectName& name : objects_of(picture_of(id), purpose)) store.put({.name = name, .body = "left"});
        execute("update uploads set busy_until = '{}' where id = '{}'", format_instant(clock.now() + finishing_takes),
                id.str());
    }
    clock.advance(over);
    sweep();
    EXPECT_THAT(store.keys(), IsEmpty());
    EXPECT_EQ(count("uploads where state = 'expired' and swept_at is not null"), 2);
}

TEST_F(SweepingTest, WaitsForARequestThatIsFinishing) {
    const UploadId id = sent(amina, Purpose::profile_photo);
    clock.advance(over);
    execute("update uploads set busy_until = '{}'", format_instant(clock.now() + finishing_takes));
    sweep();
    EXPECT_EQ(state_of(id), "permitted");
    EXPECT_TRUE(is_stored(original_of(id)));
    clock.advance(finishing_takes + std::chrono::seconds{1});
    sweep();
    EXPECT_EQ(state_of(id), "expired");
    EXPECT_THAT(store.keys(), IsEmpty());
}

TEST_F(SweepingTest, KeepsAClaimedPicture) {
    const UploadId id = finished(amina, Purpose::profile_photo);
    ASSERT_TRUE(claim(amina, id, Purpose::profile_photo).has_value());
    clock.advance(30 * unclaimed_lasts);
    sweep();
    EXPECT_TRUE(is_stored(picture_of(id), Purpose::profile_photo));
    EXPECT_EQ(count("pictures where discarded_at is null"), 1);
}

TEST_F(SweepingTest, RemovesAPictureThatNobodyClaimed) {
    const UploadId id = finished(amina, Purpose::vehicle_photo);
    clock.advance(unclaimed_lasts);
    sweep();
    EXPECT_TRUE(is_stored(picture_of(id), Purpose::vehicle_photo)) << "not yet";
    clock.advance(std::chrono::hours{1});
    sweep();
    clock.advance(std::chrono::hours{1});
    sweep();
    EXPECT_THAT(store.keys(), IsEmpty());
    EXPECT_EQ(count("pictures"), 0);
    EXPECT_EQ(text_of(claim(amina, id, Purpose::vehicle_photo).error()), "upload_expired");
}

TEST_F(SweepingTest, RemovesADiscardedPictureAfterTheCommit) {
    const UploadId id = finished(amina, Purpose::kyc_document);
    ASSERT_TRUE(claim(amina, id, Purpose::kyc_document).has_value());
    discard(picture_of(id));
    EXPECT_TRUE(is_stored(picture_of(id), Purpose::kyc_document));
    deliver();
    EXPECT_THAT(store.keys(), IsEmpty());
    EXPECT_EQ(count("pictures"), 0);
}

TEST_F(SweepingTest, NeverRemovesARowBeforeItsObjects) {
    const UploadId waiting = sent(amina, Purpose::profile_photo), id = finished(amina, Purpose::profile_photo);
    discard(picture_of(id));
    break_removal();
    EXPECT_THROW(deliver(), DependencyUnavailable);
    clock.advance(over);
    EXPECT_THROW(sweep(), DependencyUnavailable);
    EXPECT_EQ(count("pictures"), 1);
    EXPECT_EQ(count("uploads where swept_at is null"), 2);
    EXPECT_TRUE(is_stored(original_of(waiting)));
    store.before = nullptr;
    sweep();
    EXPECT_THAT(store.keys(), IsEmpty()) << "also what its own delivery could not remove";
    EXPECT_EQ(count("pictures"), 0);
}

Task<void> break_one(bool broken) {
    if (broken) throw std::runtime_error("this one cannot be removed");
    co_return;
}

TEST_F(SweepingTest, IsNotHeldUpByOneThatCannotBeRemoved) {
    sent(amina, Purpose::profile_photo);
    sent(amina, Purpose::profile_photo);
    clock.advance(over);
    int removals = 0;
    store.before = [&](std::string_view operation) { return break_one(operation == "remove" && ++removals == 1); };
    sweep();
    EXPECT_EQ(count("uploads where swept_at is null"), 1);
    sweep();
    EXPECT_EQ(count("uploads where swept_at is null"), 0);
}

TEST_F(SweepingTest, GoesThroughMoreThanOneBatch) {
    execute(
        "insert into uploads (id, user_id, purpose, content_type, bytes, created_at, expires_at) select "
        "gen_random_uuid(), '{0}', 'profile_photo', 'image/png', 1, '{1}', '{1}' from generate_series(1, 250)",
        amina.id.str(), format_instant(clock.now()));
    clock.advance(over);
    sweep();
    EXPECT_EQ(count("uploads where swept_at is null"), 0);
}

TEST_F(SweepingTest, DoesNothingWithoutAStore) {
    const UploadId id = sent(amina, Purpose::profile_photo);
    clock.advance(over);
    Sweeping without(database.db(), nullptr);
    run(without.sweep(clock.now()));
    EXPECT_EQ(state_of(id), "permitted");
}

TEST_F(SweepingTest, LeavesRowsToBePruned) {
    sent(amina, Purpose::profile_photo);
    clock.advance(over);
    sweep();
    const auto rules = pruning_rules();
    ASSERT_EQ(rules.size(), 1u);
    const auto prune = [&] {
        return run(database.db().query(rules[0].statement, clock.now() - rules[0].kept, 10l)).affected();
    };
    clock.advance(swept_is_kept);
    EXPECT_EQ(prune(), 0);
    clock.advance(std::chrono::seconds{1});
    EXPECT_EQ(prune(), 1);
}

}  // namespace
}  // namespace safargo::media
