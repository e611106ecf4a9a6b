#include "features/places/gallery.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

namespace safargo::places {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::run;

class GalleryTest : public ::testing::Test {
protected:
    GalleryTest() {
        database.execute(
            "insert into wilayas values (16, 'Alger', 'الجزائر', 'Algiers', 'Alger', 36.7, 3, null, '2019-01-01');"
            "insert into places (id, slug, name_fr, name_ar, name_en, type, wilaya_code, lat, lng, description_fr, "
            "description_ar, description_en, folded_names) values (gen_random_uuid(), 'sidi-fredj', 'Sidi Fredj', "
            "'سيدي فرج', 'Sidi Fredj', 'beach', 16, 36.76, 2.84, '', '', '', 'sidi fredj')");
        database.execute(fmt::format(
            "insert into users (id, email, name, role, created_at) values ('{}', 'a@example.dz', 'Amel', 'moderator', "
            "now())",
            moderator.id.str()));
    }
    UploadId finished() {
        const UploadId id = UploadId::make(clock.now());
        database.execute(
            fmt::format("insert into pictures (id, owner_id, purpose, width, height, created_at) values "
                        "('{}', '{}', 'place_photo', 1280, 960, now())",
                        id.str(), moderator.id.str()));
        return id;
    }
    Result<PlaceView> add(UploadId upload, std::string_view slug = "sidi-fredj") {
        return run(database.db().transact<PlaceView>([&](db::Transaction& tx) {
            return gallery.add(tx, moderator, PlaceSlug::parse(slug).value(), {upload}, Language::ar);
        }));
    }
    Result<Nothing> remove(UploadId picture, std::string_view slug = "sidi-fredj") {
        return run(database.db().transact<Nothing>([&](db::Transaction& tx) {
            return gallery.remove(tx, moderator, {PlaceSlug::parse(slug).value(), PictureId{picture.value}});
        }));
    }
    std::vector<Picture> shown() {
        return run(PlaceRepository().find(database.db(), "sidi-fredj", Language::fr)).value().photos;
    }
    std::vector<std::string> audited() {
        static constexpr db::Statement all{
            "test_audited", "select action || ' ' || (detail->>'photos') from audit_log where actor = $1 order by id"};
        std::vector<std::string> lines;
        for (const db::Row row : run(database.db().query(all, moderator.id.str()))) {
            lines.push_back(row.get<std::string>(0));
        }
        return lines;
    }

    testing::TestDatabase database;
    FakeClock clock{parse_instant("2026-12-01T08:00:00Z").value()};
    Caller moderator{.id = UserId::make(clock.now()), .session = {}, .role = Role::moderator};
    PlaceGallery gallery{clock};
};

TEST_F(GalleryTest, ShowsWhatModeratorsAddAndRecordsIt) {
    const UploadId sea = finished(), sand = finished();
    const auto first = add(sea);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->name, "سيدي فرج");
    clock.advance(std::chrono::seconds{1});
    ASSERT_TRUE(add(sand));
    EXPECT_THAT(shown(), ElementsAre(Picture{PictureId{sea.value}, PictureShelf::places},
                                     Picture{PictureId{sand.value}, PictureShelf::places}));
    EXPECT_THAT(audited(), ElementsAre("place.photo_added 1", "place.photo_added 2"));
    ASSERT_TRUE(add(sea)) << "again";
    EXPECT_EQ(shown().size(), 2u);
    EXPECT_EQ(audited().size(), 2u);
}

TEST_F(GalleryTest, ForgetsWhatModeratorsRemove) {
    const UploadId sea = finished();
    ASSERT_TRUE(add(sea));
    clock.advance(std::chrono::seconds{1});
    ASSERT_TRUE(remove(sea));
    EXPECT_THAT(shown(), IsEmpty());
    EXPECT_THAT(audited(), ElementsAre("place.photo_added 1", "place.photo_removed 0"));
    EXPECT_EQ(remove(sea).error().code, Code::not_found);
    EXPECT_EQ(add(sea).error().code, Code::upload_used) << "its files are being deleted";
}

TEST_F(GalleryTest, HoldsTwentyAtMost) {
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(add(finished()));
    EXPECT_EQ(add(finished()).error().reason, (Violation{Rule::most_photos, "20"}));
}

TEST_F(GalleryTest, BelongsToAPlaceThatExists) {
    EXPECT_EQ(add(finished(), "atlantis").error().code, Code::not_found);
    EXPECT_EQ(remove(finished(), "atlantis").error().code, Code::not_found);
    EXPECT_EQ(add(UploadId::make(clock.now())).error().fields.at(0).field, "upload_id");
}

}  // namespace
}  // namespace safargo::places
