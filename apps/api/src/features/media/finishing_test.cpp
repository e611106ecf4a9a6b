#include "features/media/media_world_test.hpp"

#include <gmock/gmock.h>

namespace safargo::media {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::run;
using testing::run_all;

class FinishingTest : public test::MediaWorld {
protected:
    std::string refusal(const Caller& caller, UploadId id) {
        const auto upload = finish(caller, id);
        return upload ? "finished" : text_of(upload.error());
    }
    // As long as `operation` fails, no request can finish.
    void break_store(std::string operation) {
        store.before = [operation](std::string_view asked) -> Task<void> { return fail_if(asked == operation); };
    }
    static Task<void> fail_if(bool broken) {
        if (broken) throw DependencyUnavailable("objects", "away");
        co_return;
    }
    bool is_unavailable(UploadId id) {
        try {
            finish(amina, id);
            return false;
        } catch (const DependencyUnavailable&) {
            return true;
        }
    }
};

TEST_F(FinishingTest, MakesAPublicPictureInThreeSizes) {
    const UploadId id = sent(amina, Purpose::profile_photo);
    const auto done = finish(amina, id);
    ASSERT_TRUE(done.has_value());
    EXPECT_EQ(done->id.str(), id.str());
    EXPECT_EQ(done->small, "https://uploads.example.dz/public/pictures/" + id.str() + "/small.webp");
    EXPECT_EQ(done->large, "https://uploads.example.dz/public/pictures/" + id.str() + "/large.webp");
    EXPECT_THAT(processor.files, ElementsAre("file"));
    EXPECT_THAT(processor.types, ElementsAre("image/jpeg"));
    const std::string folder = "public/pictures/" + id.str();
    EXPECT_THAT(store.keys(), ElementsAre(folder + "/large.webp", folder + "/medium.webp", folder + "/small.webp"))
        << "the file itself is removed";
    const NewObject* medium = store.look({Bucket::uploads, folder + "/medium.webp"});
    EXPECT_EQ(medium->body, "m");
    EXPECT_EQ(medium->content_type, "image/webp");
    EXPECT_EQ(medium->cache_control, "public, max-age=31536000, immutable");
    EXPECT_EQ(count("pictures where width = 1280 and height = 960 and claimed_at is null"), 1);
}

TEST_F(FinishingTest, KeepsPicturesOfPlacesWithThoseOfPlaces) {
    const UploadId id = sent(moderator, Purpose::place_photo);
    EXPECT_EQ(finish(moderator, id)->small, "https://places.example.dz/public/places/" + id.str() + "/small.webp");
    EXPECT_TRUE(is_stored({Bucket::places, "public/places/" + id.str() + "/small.webp"}));
}

TEST_F(FinishingTest, KeepsADocumentPrivate) {
    const UploadId id = sent(amina, Purpose::kyc_document);
    const auto done = finish(amina, id);
    ASSERT_TRUE(done.has_value());
    EXPECT_EQ(done->small, std::nullopt);
    EXPECT_EQ(done->large, std::nullopt);
    const std::string key = "private/documents/" + id.str() + ".webp";
    EXPECT_THAT(store.keys(), ElementsAre(key)) << "re-encoded as well";
    EXPECT_EQ(store.look({Bucket::uploads, key})->cache_control, "");
}

TEST_F(FinishingTest, IsDoneOnceHoweverOftenItIsAsked) {
    const UploadId id = sent(amina, Purpose::profile_photo);
    const auto first = finish(amina, id), second = finish(amina, id);
    ASSERT_TRUE(second.has_value());
    EXPECT_EQ(second->large, first->large);
    EXPECT_EQ(processor.files.size(), 1u);
    EXPECT_EQ(count("pictures"), 1);
}

Task<void> finish_into(Finishing& finishing, Caller caller, UploadId id, Result<FinishedUpload>& answer) {
    answer = co_await finishing.finish(caller, id, {});
}

Task<void> finish_during(testing::Gate& arrival, testing::Gate& gate, Finishing& finishing, Caller caller, UploadId id,
                         Result<FinishedUpload>& answer) {
    co_await arrival.pass();
    answer = co_await finishing.finish(caller, id, {});
    gate.open();
}

TEST_F(FinishingTest, IsDoneByOneOfTwoAtOnce) {
    testing::Gate arrival(2), gate(2);
    processor.arrival = &arrival;
    processor.gate = &gate;
    const UploadId id = sent(amina, Purpose::profile_photo);
    Result<FinishedUpload> first, second;
    std::vector<Task<void>> both;
    both.push_back(finish_into(finishing, amina, id, first));
    both.push_back(finish_during(arrival, gate, finishing, amina, id, second));
    run_all(std::move(both));
    EXPECT_TRUE(first.has_value());
    EXPECT_EQ(text_of(second.error()), "request_in_progress");
    EXPECT_EQ(second.error().retry_after, std::chrono::seconds{1});
    EXPECT_EQ(processor.files.size(), 1u);
    EXPECT_TRUE(finish(amina, id).has_value());
}

TEST_F(FinishingTest, HoldsFewFilesInMemory) {
    testing::Gate arrival(most_finishing_at_once + 1), gate(2 * most_finishing_at_once);
    processor.arrival = &arrival;
    processor.gate = &gate;
    std::vector<Result<FinishedUpload>> answers(most_finishing_at_once);
    std::vector<Task<void>> all;
    for (Result<FinishedUpload>& answer : answers) {
        all.push_back(finish_into(finishing, amina, sent(amina, Purpose::profile_photo), answer));
    }
    const UploadId more = sent(badis, Purpose::profile_photo);
    Result<FinishedUpload> refused;
    all.push_back(finish_during(arrival, gate, finishing, badis, more, refused));
    run_all(std::move(all));
    EXPECT_EQ(text_of(refused.error()), "dependency_unavailable");
    EXPECT_EQ(refused.error().retry_after, std::chrono::seconds{1});
    for (const Result<FinishedUpload>& answer : answers) EXPECT_TRUE(answer.has_value());
    EXPECT_TRUE(finish(badis, more).has_value()) << "when it is asked again";
}

TEST_F(FinishingTest, IsForItsOwnerOnly) {
    const UploadId id = sent(amina, Purpose::profile_photo);
    EXPECT_EQ(refusal(badis, id), "not_found");
    EXPECT_EQ(refusal(moderator, id), "not_found");
    EXPECT_EQ(refusal(amina, UploadId::make(clock.now())), "not_found");
}

TEST_F(FinishingTest, WaitsForTheFile) {
    const PermittedUpload upload = ask(amina, Purpose::profile_photo).value();
    EXPECT_EQ(refusal(amina, upload.id), "upload_incomplete nothing_uploaded");
    EXPECT_EQ(send(upload), 204);
    EXPECT_EQ(refusal(amina, upload.id), "finished") << "the first attempt left no mark";
}

TEST_F(FinishingTest, RefusesAnotherSizeThanAnnounced) {
    const UploadId id = permitted(amina, Purpose::profile_photo);
    store.put({.name = original_of(id), .body = "longer than announced", .content_type = "image/jpeg"});
    const auto answer = finish(amina, id);
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().reason, (Violation{Rule::other_size, "4", "21"}));
    EXPECT_THAT(store.keys(), IsEmpty());
    EXPECT_THAT(processor.files, IsEmpty()) << "nobody looks at it";
    EXPECT_EQ(state_of(id), "refused");
}

TEST_F(FinishingTest, RefusesForGoodWhatIsNoPicture) {
    processor.refuses = Violation{Rule::other_picture_type, "image/jpeg", "image/png"};
    const UploadId id = sent(amina, Purpose::kyc_document);
    const auto first = finish(amina, id);
    ASSERT_FALSE(first.has_value());
    EXPECT_EQ(first.error().code, Code::picture_refused);
    EXPECT_EQ(first.error().reason, processor.refuses);
    EXPECT_THAT(store.keys(), IsEmpty());
    processor.refuses.reset();
    EXPECT_EQ(finish(amina, id).error(), first.error()) << "the same answer";
    EXPECT_EQ(processor.files.size(), 1u);
    EXPECT_EQ(count("pictures"), 0);
}

TEST_F(FinishingTest, TellsARefusalOfANewerVersionInGeneralWords) {
    processor.refuses = Violation{Rule::picture_broken};
    const UploadId id = sent(amina, Purpose::profile_photo);
    refusal(amina, id);
    execute("update uploads set refusal = 'picture_of_a_cat'");
    EXPECT_EQ(refusal(amina, id), "picture_refused picture_broken");
}

TEST_F(FinishingTest, EndsWithThePermitAndItsGrace) {
    const UploadId late = sent(amina, Purpose::profile_photo), too_late = sent(amina, Purpose::profile_photo);
    clock.advance(permit_lasts + permit_grace - std::chrono::seconds{1});
    EXPECT_EQ(refusal(amina, late), "finished");
    clock.advance(std::chrono::seconds{1});
    EXPECT_EQ(refusal(amina, too_late), "upload_expired");
    sweep();
    EXPECT_EQ(refusal(amina, too_late), "upload_expired");
}

TEST_F(FinishingTest, MayBeRepeatedAfterEveryFailureOfTheStore) {
    for (const char* operation : {"find", "read", "write"}) {
        const UploadId id = sent(amina, Purpose::profile_photo);
        break_store(operation);
        EXPECT_TRUE(is_unavailable(id)) << operation;
        EXPECT_EQ(state_of(id), "permitted");
        store.before = nullptr;
        EXPECT_EQ(refusal(amina, id), "finished") << operation;
    }
}

TEST_F(FinishingTest, MayBeRepeatedWhenNoProcessWasFree) {
    const UploadId id = sent(amina, Purpose::profile_photo);
    processor.unavailable = true;
    EXPECT_TRUE(is_unavailable(id));
    processor.unavailable = false;
    EXPECT_EQ(refusal(amina, id), "finished");
}

TEST_F(FinishingTest, SucceedsAlthoughTheFileCannotBeRemoved) {
    const UploadId id = sent(amina, Purpose::profile_photo);
    break_store("remove");
    EXPECT_EQ(refusal(amina, id), "finished");
    EXPECT_TRUE(is_stored(original_of(id)));
    store.before = nullptr;
    clock.advance(permit_lasts + permit_grace + std::chrono::seconds{1});
    sweep();
    EXPECT_FALSE(is_stored(original_of(id)));
    EXPECT_TRUE(is_stored(picture_of(id), Purpose::profile_photo)) << "its pictures stay";
}

TEST_F(FinishingTest, IsTakenOverFromARequestThatDied) {
    const UploadId id = sent(amina, Purpose::profile_photo);
    execute("update uploads set busy_until = '{}'", format_instant(clock.now() + finishing_takes));
    EXPECT_EQ(refusal(amina, id), "request_in_progress");
    clock.advance(finishing_takes);
    EXPECT_EQ(refusal(amina, id), "finished");
}

TEST_F(FinishingTest, RecordsNothingOnceAnotherHasTakenOver) {
    const UploadId id = sent(amina, Purpose::profile_photo);
    store.before = [this](std::string_view operation) -> Task<void> {
        if (operation == "write") execute("update uploads set busy_until = '2026-12-01T09:00:00Z'");
        return fail_if(false);
    };
    EXPECT_EQ(refusal(amina, id), "request_in_progress");
    EXPECT_EQ(count("pictures"), 0);
    EXPECT_EQ(state_of(id), "permitted");
}

TEST_F(FinishingTest, NeedsAStoreAndAProcessor) {
    const UploadId id = sent(amina, Purpose::profile_photo);
    Finishing no_store(database.db(), clock, nullptr, &processor), no_processor(database.db(), clock, &store, nullptr);
    EXPECT_EQ(run(no_store.finish(amina, id, {})).error().code, Code::feature_unavailable);
    EXPECT_EQ(run(no_processor.finish(amina, id, {})).error().code, Code::feature_unavailable);
}

}  // namespace
}  // namespace safargo::media
