#include "features/media/media_world_test.hpp"
#include "features/media/personal_data.hpp"

#include <gmock/gmock.h>

namespace safargo::media {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::run;
using testing::run_all;

class ClaimTest : public test::MediaWorld {
protected:
    std::string refusal(const Caller& caller, UploadId id, Purpose purpose) {
        const auto picture = claim(caller, id, purpose);
        return picture ? "claimed" : text_of(picture.error());
    }
};

TEST_F(ClaimTest, GivesAFinishedUploadToItsOwnerOnce) {
    const UploadId id = finished(amina, Purpose::profile_photo);
    const auto picture = claim(amina, id, Purpose::profile_photo);
    ASSERT_TRUE(picture.has_value());
    EXPECT_EQ(picture->id.str(), id.str());
    EXPECT_EQ(picture->width, 1280);
    EXPECT_EQ(picture->height, 960);
    EXPECT_EQ(refusal(amina, id, Purpose::profile_photo), "upload_used");
}

TEST_F(ClaimTest, KnowsNoUploadOfAnotherPersonOrPurpose) {
    const UploadId id = finished(amina, Purpose::profile_photo);
    EXPECT_EQ(refusal(badis, id, Purpose::profile_photo), "validation_failed upload_id");
    EXPECT_EQ(refusal(amina, id, Purpose::kyc_document), "validation_failed upload_id");
    EXPECT_EQ(refusal(amina, UploadId::make(clock.now()), Purpose::profile_photo), "validation_failed upload_id");
    EXPECT_EQ(refusal(amina, id, Purpose::profile_photo), "claimed");
}

TEST_F(ClaimTest, NeedsAnUploadThatIsFinished) {
    const UploadId id = sent(amina, Purpose::profile_photo);
    EXPECT_EQ(refusal(amina, id, Purpose::profile_photo), "upload_incomplete");
    processor.refuses = Violation{Rule::picture_broken};
    finish(amina, id);
    EXPECT_EQ(refusal(amina, id, Purpose::profile_photo), "upload_incomplete");
    const UploadId old = sent(amina, Purpose::profile_photo);
    clock.advance(permit_lasts + permit_grace + std::chrono::seconds{1});
    sweep();
    EXPECT_EQ(refusal(amina, old, Purpose::profile_photo), "upload_expired");
}

TEST_F(ClaimTest, IsKnownAsUsedEvenWhenTheUploadIsForgotten) {
    const UploadId id = finished(amina, Purpose::profile_photo);
    claim(amina, id, Purpose::profile_photo);
    execute("delete from uploads");
    EXPECT_EQ(refusal(amina, id, Purpose::profile_photo), "upload_used");
    discard(picture_of(id));
    deliver();
    EXPECT_EQ(refusal(amina, id, Purpose::profile_photo), "validation_failed upload_id");
}

Task<void> claim_into(db::Database& database, UserId owner, UploadId id, Instant now, int& claimed) {
    const auto picture = co_await database.transact<ClaimedPicture>(
        [&](db::Transaction& tx) { return media::claim(tx, owner, id, Purpose::profile_photo, now); });
    if (picture) ++claimed;
}

TEST_F(ClaimTest, IsWonByOneOfTwoAtOnce) {
    const UploadId id = finished(amina, Purpose::profile_photo);
    int claimed = 0;
    std::vector<Task<void>> all;
    for (int i = 0; i < 4; ++i) all.push_back(claim_into(database.db(), amina.id, id, clock.now(), claimed));
    run_all(std::move(all));
    EXPECT_EQ(claimed, 1);
}

TEST_F(ClaimTest, DiscardsOnce) {
    const UploadId id = finished(amina, Purpose::profile_photo);
    discard(picture_of(id));
    discard(picture_of(id));
    discard(PictureId::make(clock.now()));
    EXPECT_EQ(count("outbox where kind = 'picture.discarded'"), 1);
}

TEST_F(ClaimTest, SignsPrivatePictures) {
    const PictureId id = picture_of(finished(amina, Purpose::kyc_document));
    const PrivatePictures documents(&store, clock);
    EXPECT_EQ(run(documents.sign(id, std::chrono::seconds{60})).value(),
              "https://uploads.example.dz/private/documents/" + id.str() + ".webp?until=2026-12-01T08:01:00Z");
    EXPECT_EQ(run(PrivatePictures(nullptr, clock).sign(id, std::chrono::seconds{60})).error().code,
              Code::feature_unavailable);
}

TEST_F(ClaimTest, LinksLeadToTheStore) {
    const auto links = picture_links(&store);
    EXPECT_EQ(links.people, "https://uploads.example.dz/public/pictures/");
    EXPECT_EQ(links.places, "https://places.example.dz/public/places/");
    EXPECT_EQ(picture_links(nullptr).people, "");
}

class PersonalDataTest : public ClaimTest {
protected:
    std::string exported(const Caller& caller, std::size_t part) {
        const std::string sql = fmt::format("select ({})::text", personal_data().exported[part].sql);
        return run(database.db().query(db::Statement{"", sql}, caller.id))[0].get<std::string>(0);
    }
    static Task<Result<Nothing>> forget_one(db::Transaction& tx, UserId person, Instant now) {
        co_await personal_data().forget(tx, person, now);
        co_return Nothing{};
    }
    void forget(const Caller& caller) {
        run(database.db().transact<Nothing>(
            [&](db::Transaction& tx) { return forget_one(tx, caller.id, clock.now()); }));
    }
};

TEST_F(PersonalDataTest, IsExported) {
    const UploadId mine = finished(amina, Purpose::kyc_document);
    finished(badis, Purpose::kyc_document);
    EXPECT_THAT(exported(amina, 0), HasSubstr(mine.str()));
    EXPECT_THAT(exported(amina, 0), HasSubstr("kyc_document"));
    EXPECT_THAT(exported(amina, 1), HasSubstr("image/jpeg"));
    EXPECT_THAT(exported(badis, 0), Not(HasSubstr(mine.str())));
    EXPECT_EQ(exported(moderator, 0), "[]");
    discard(picture_of(mine));
    EXPECT_EQ(exported(amina, 0), "[]");
}

TEST_F(PersonalDataTest, IsForgottenWithAllObjects) {
    for (const Purpose purpose : {Purpose::profile_photo, Purpose::vehicle_photo, Purpose::kyc_document}) {
        claim(amina, finished(amina, purpose), purpose);
    }
    finished(amina, Purpose::profile_photo);
    const UploadId open = sent(amina, Purpose::profile_photo);
    forget(amina);
    deliver();
    EXPECT_EQ(count(fmt::format("pictures where owner_id = '{}'", amina.id.str())), 0);
    EXPECT_EQ(count(fmt::format("uploads where user_id = '{}'", amina.id.str())), 0);
    EXPECT_EQ(state_of(open), "expired") << "no picture follows";
    EXPECT_EQ(finish(amina, open).error().code, Code::not_found);
    clock.advance(permit_lasts + permit_grace + std::chrono::seconds{1});
    sweep();
    EXPECT_THAT(store.keys(), IsEmpty());
}

TEST_F(PersonalDataTest, LeavesPicturesOfPlacesWithoutTheirModerator) {
    const UploadId id = finished(moderator, Purpose::place_photo);
    claim(moderator, id, Purpose::place_photo);
    forget(moderator);
    deliver();
    sweep();
    EXPECT_TRUE(is_stored(picture_of(id), Purpose::place_photo));
    EXPECT_EQ(count("pictures where owner_id is null and discarded_at is null"), 1);
}

}  // namespace
}  // namespace safargo::media
