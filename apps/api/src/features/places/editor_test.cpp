#include "features/places/editor.hpp"

#include "features/places/finder.hpp"
#include "seed/seed.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>

namespace safargo::places {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class EditorTest : public ::testing::Test {
protected:
    EditorTest() {
        testing::run(seed::load_reference(database_.db(), SAFARGO_DATA_DIR, [](auto, auto, auto) {}));
    }

    static PlaceDraft draft() {
        return {.slug = "source-bleue",
                .names = {"Source Bleue", "العين الزرقاء", "Blue Spring"},
                .descriptions = {"Une source", "عين", "A spring"},
                .other_names = {"Tala Tazegzawt"},
                .type = PlaceType::lake,
                .wilaya = 6,
                .at = {36.7, 5.0}};
    }

    Task<Result<PlaceId>> saving(PlaceDraft draft) {
        db::Transaction tx = co_await database_.db().begin();
        auto saved = co_await editor_.save(tx, std::move(draft), now_);
        if (saved) co_await tx.commit();
        co_return saved;
    }
    Task<Result<Nothing>> removing(std::string slug) {
        db::Transaction tx = co_await database_.db().begin();
        auto removed = co_await editor_.remove(tx, std::move(slug), now_);
        if (removed) co_await tx.commit();
        co_return removed;
    }
    Result<PlaceId> save(PlaceDraft draft) { return testing::run(saving(std::move(draft))); }
    Result<Nothing> remove(std::string slug) { return testing::run(removing(std::move(slug))); }
    std::vector<std::string> found(const std::string& words) {
        std::vector<std::string> slugs;
        for (const FoundName& place : testing::run(finder_.find({.words = words}))) slugs.push_back(place.slug);
        return slugs;
    }

    testing::TestDatabase database_;
    Instant now_ = parse_instant("2026-11-30T03:00:00Z").value();
    geo::Gazetteer algeria_ = geo::Gazetteer::load(SAFARGO_DATA_DIR);
    PlaceFinder finder_{database_.db(), nullptr, algeria_};
    PlaceEditor editor_;
};

TEST_F(EditorTest, ASavedPlaceIsFoundByAllItsNames) {
    ASSERT_TRUE(save(draft()));
    for (const char* words : {"source bleue", "العين الزرقاء", "Blue Spring", "tala tazegzawt", "sourcebleue"})
        EXPECT_THAT(found(words), ElementsAre("source-bleue")) << words;
}

TEST_F(EditorTest, SavingAgainReplacesItAndKeepsItsId) {
    const PlaceId id = save(draft()).value();
    PlaceDraft renamed = draft();
    renamed.names.fr = "Fontaine Turquoise";
    renamed.other_names = {};
    EXPECT_EQ(save(renamed).value(), id);
    EXPECT_THAT(found("fontaine turquoise"), ElementsAre("source-bleue"));
    EXPECT_THAT(found("tala tazegzawt"), ::testing::Not(::testing::Contains("source-bleue")));
}

TEST_F(EditorTest, AnUnknownWilayaIsRefusedAndChangesNothing) {
    PlaceDraft lost = draft();
    lost.wilaya = 98;
    EXPECT_EQ(save(lost).error().code, Code::not_found);
    EXPECT_THAT(found("source bleue"), ::testing::Not(::testing::Contains("source-bleue")));
}

TEST_F(EditorTest, ARemovedPlaceIsFoundNoMore) {
    ASSERT_TRUE(save(draft()));
    ASSERT_TRUE(remove("source-bleue"));
    EXPECT_THAT(found("tala tazegzawt"), ::testing::Not(::testing::Contains("source-bleue")));
    EXPECT_EQ(remove("source-bleue").error().code, Code::not_found);
}

TEST_F(EditorTest, WhatIsRolledBackIsNotFound) {
    testing::run([](db::Database& database, PlaceEditor& editor, Instant now) -> Task<void> {
        db::Transaction tx = co_await database.begin();
        EXPECT_TRUE(co_await editor.save(tx, draft(), now));
        co_await tx.rollback();
    }(database_.db(), editor_, now_));
    EXPECT_THAT(found("tala tazegzawt"), ::testing::Not(::testing::Contains("source-bleue")));
}

}  // namespace
}  // namespace safargo::places
