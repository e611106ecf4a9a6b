#include "features/media/media_world_test.hpp"

#include <gmock/gmock.h>

namespace safargo::media {
namespace {

using ::testing::Contains;
using ::testing::Pair;
using testing::run_all;

class PermitsTest : public test::MediaWorld {
protected:
    std::string refusal(const Caller& caller, Purpose purpose) {
        const auto upload = ask(caller, purpose);
        return upload ? "permitted" : text_of(upload.error());
    }
};

TEST_F(PermitsTest, GiveAFormForOneFileOfThatTypeAndSize) {
    const auto upload = ask(amina, Purpose::profile_photo, "image/png", 5);
    ASSERT_TRUE(upload.has_value());
    EXPECT_EQ(upload->url, "https://uploads.example.dz/");
    EXPECT_THAT(upload->fields.all, Contains(Pair("Content-Type", "image/png")));
    EXPECT_EQ(upload->expires_at, clock.now() + permit_lasts);
    EXPECT_EQ(send(*upload, "four"), 400);
    EXPECT_EQ(send(*upload, "sixsix"), 400);
    EXPECT_EQ(send(*upload, "five!"), 204);
    EXPECT_TRUE(is_stored(original_of(upload->id)));
    EXPECT_EQ(state_of(upload->id), "permitted");
}

TEST_F(PermitsTest, ForPicturesOfPlacesAreForModerators) {
    EXPECT_EQ(refusal(amina, Purpose::place_photo), "forbidden");
    EXPECT_EQ(refusal(moderator, Purpose::place_photo), "permitted");
    for (const Purpose purpose : {Purpose::profile_photo, Purpose::vehicle_photo, Purpose::kyc_document}) {
        EXPECT_EQ(refusal(amina, purpose), "permitted");
    }
}

TEST_F(PermitsTest, AreFewAtATime) {
    for (int i = 0; i < most_open_uploads; ++i) permitted(amina, Purpose::profile_photo);
    EXPECT_EQ(refusal(amina, Purpose::profile_photo), "too_many_uploads most_open_uploads");
    EXPECT_EQ(refusal(badis, Purpose::profile_photo), "permitted") << "each has their own";
    clock.advance(permit_lasts);
    EXPECT_EQ(refusal(amina, Purpose::profile_photo), "permitted") << "they have expired";
}

TEST_F(PermitsTest, AreNoLongerOpenOnceFinished) {
    for (int i = 0; i < most_open_uploads; ++i) finished(amina, Purpose::profile_photo);
    EXPECT_EQ(refusal(amina, Purpose::profile_photo), "permitted");
}

TEST_F(PermitsTest, AreLimitedPerDay) {
    execute(
        "insert into uploads (id, user_id, purpose, content_type, bytes, state, created_at, expires_at) select "
        "gen_random_uuid(), '{0}', 'profile_photo', 'image/png', 1, 'finished', '{1}', '{1}' "
        "from generate_series(1, {2})",
        amina.id.str(), format_instant(clock.now()), most_uploads_a_day);
    EXPECT_EQ(refusal(amina, Purpose::profile_photo), "too_many_uploads most_uploads_a_day");
    clock.advance(std::chrono::hours{24});
    EXPECT_EQ(refusal(amina, Purpose::profile_photo), "permitted");
}

Task<void> ask_into(db::Database& database, const Permits& permits, Caller caller, int& given) {
    const AskUpload wanted{Purpose::profile_photo, PictureType::parse("image/png").value(), {}};
    const auto upload = co_await database.transact<PermittedUpload>(
        [&](db::Transaction& tx) { return permits.permit(tx, caller, wanted); });
    if (upload) ++given;
}

TEST_F(PermitsTest, AreCountedRightWhenAskedForAtOnce) {
    for (int i = 0; i < most_open_uploads - 1; ++i) permitted(amina, Purpose::profile_photo);
    int given = 0;
    std::vector<Task<void>> all;
    for (int i = 0; i < 4; ++i) all.push_back(ask_into(database.db(), permits, amina, given));
    run_all(std::move(all));
    EXPECT_EQ(given, 1);
}

TEST_F(PermitsTest, NeedAStore) {
    const Permits without(nullptr, clock);
    int given = 0;
    run_all([&] {
        std::vector<Task<void>> one;
        one.push_back(ask_into(database.db(), without, amina, given));
        return one;
    }());
    EXPECT_EQ(given, 0);
    EXPECT_EQ(count("uploads"), 0);
}

TEST(PictureTypeTest, AcceptsWhatCanBeDecodedAndAdvisesJpegForAnyOther) {
    for (const char* good : {"image/jpeg", "image/png", "image/webp"}) {
        EXPECT_EQ(PictureType::parse(good).value().str(), good);
    }
    for (const char* bad : {"image/gif", "image/heic", "image/svg+xml", "application/pdf", "image/tiff", "image/JPEG",
                            "image/jpeg ", "image/jpg", "", "text/html"}) {
        const auto type = PictureType::parse(bad);
        ASSERT_FALSE(type.has_value()) << bad;
        EXPECT_EQ(type.error().rule, Rule::picture_types);
    }
}

}  // namespace
}  // namespace safargo::media
