// A person's photo: set from a finished upload, replaced, removed, and gone with them.
#include "features/users/users_world_test.hpp"

#include <gmock/gmock.h>

namespace safargo::users {
namespace {

using ::testing::HasSubstr;
using testing::run;

class PhotoTest : public test::UsersWorld {
protected:
    UploadId finished(const Caller& owner, std::string_view purpose = "profile_photo") {
        const UploadId id = UploadId::make(clock.now());
        execute(
            "insert into uploads (id, user_id, purpose, content_type, bytes, state, created_at, expires_at) values "
            "('{0}', '{1}', '{2}', 'image/jpeg', 4, 'finished', now(), now());"
            "insert into pictures (id, owner_id, purpose, width, height, created_at) values "
            "('{0}', '{1}', '{2}', 1280, 960, now())",
            id.str(), owner.id.str(), purpose);
        return id;
    }
    Result<MyProfile> set(const Caller& caller, UploadId upload) {
        return run(database.db().transact<MyProfile>(
            [&](db::Transaction& tx) { return users.set_photo(tx, caller, {upload}); }));
    }
    Result<Nothing> remove(const Caller& caller) {
        return run(
            database.db().transact<Nothing>([&](db::Transaction& tx) { return users.remove_photo(tx, caller); }));
    }
    std::string shown(const Caller& caller) {
        const auto profile = run(users.profile(caller.id)).value();
        return profile.photo ? profile.photo->id.str() : "none";
    }
    // The pictures whose files are to be removed.
    std::string discarded() {
        return read(
            "select coalesce(string_agg(payload->>'picture_id', ' ' order by id), '') from (select id, "
            "payload::jsonb as payload from outbox where kind = 'picture.discarded') o",
            amel);
    }

    Caller amel = add_user("Amel Haddad", "+213550000001"), badis = add_user("Badis Kaci", "+213550000002");
};

TEST_F(PhotoTest, IsShownToItsOwnerAndToOthers) {
    const UploadId upload = finished(amel);
    const auto profile = set(amel, upload);
    ASSERT_TRUE(profile);
    EXPECT_EQ(profile->photo->id.str(), upload.str());
    EXPECT_EQ(profile->name, "Amel Haddad");
    EXPECT_EQ(run(users.me(amel))->photo, profile->photo);
    EXPECT_EQ(shown(amel), upload.str());
    EXPECT_EQ(shown(badis), "none");
    const contract::PictureLinks links{.people = "https://a/", .places = ""};
    EXPECT_THAT(contract::to_json(*run(users.profile(amel.id)), {Language::fr, &links}),
                HasSubstr("\"small\":\"https://a/" + upload.str() + "/small.webp\""));
}

TEST_F(PhotoTest, TakesThePlaceOfTheOneBefore) {
    const UploadId first = finished(amel), second = finished(amel);
    ASSERT_TRUE(set(amel, first));
    EXPECT_EQ(discarded(), "");
    ASSERT_TRUE(set(amel, second));
    EXPECT_EQ(shown(amel), second.str());
    EXPECT_EQ(discarded(), first.str());
}

TEST_F(PhotoTest, MayBeSetAgainToTheSame) {
    const UploadId upload = finished(amel);
    ASSERT_TRUE(set(amel, upload));
    ASSERT_TRUE(set(amel, upload));
    EXPECT_EQ(discarded(), "");
    ASSERT_TRUE(remove(amel));
    EXPECT_EQ(set(amel, upload).error().code, Code::upload_used) << "it is being deleted";
}

TEST_F(PhotoTest, ComesFromAnUploadOfOnesOwnForAProfile) {
    EXPECT_EQ(set(amel, finished(badis)).error().fields.at(0).field, "upload_id");
    EXPECT_EQ(set(amel, finished(amel, "kyc_document")).error().fields.at(0).field, "upload_id");
    EXPECT_EQ(set(amel, UploadId::make(clock.now())).error().code, Code::validation_failed);
    EXPECT_EQ(shown(amel), "none");
}

TEST_F(PhotoTest, IsRemovedWithItsFiles) {
    const UploadId upload = finished(amel);
    ASSERT_TRUE(set(amel, upload));
    ASSERT_TRUE(remove(amel));
    EXPECT_EQ(shown(amel), "none");
    EXPECT_EQ(discarded(), upload.str());
    EXPECT_TRUE(remove(amel)) << "nothing is left to remove";
    EXPECT_EQ(discarded(), upload.str());
}

TEST_F(PhotoTest, IsGoneWithItsOwner) {
    const UploadId upload = finished(amel), unused = finished(amel);
    ASSERT_TRUE(set(amel, upload));
    ASSERT_TRUE(leave(amel));
    EXPECT_THAT(discarded(), HasSubstr(upload.str()));
    EXPECT_THAT(discarded(), HasSubstr(unused.str()));
    EXPECT_EQ(read("photo_id", amel), "null");
    EXPECT_EQ(set(amel, unused).error().code, Code::not_found);
    EXPECT_EQ(remove(amel).error().code, Code::not_found);
}

}  // namespace
}  // namespace safargo::users
