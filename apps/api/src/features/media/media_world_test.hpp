// For tests of uploads: people, an object store, and a processor whose answer the test decides.
#pragma once

#include "core/failures.hpp"
#include "features/media/finishing.hpp"
#include "features/media/limits.hpp"
#include "features/media/objects.hpp"
#include "features/media/permits.hpp"
#include "features/media/service.hpp"
#include "features/media/sweeping.hpp"
#include "testing/gate.hpp"
#include "testing/memory_object_store.hpp"
#include "testing/test_database.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::media::test {

using testing::run;

class FakeProcessor final : public PictureProcessor {
public:
    Task<Result<PictureSet>> process(std::string file, std::string content_type,
                                     std::chrono::steady_clock::time_point) override;

    std::vector<std::string> files;  // what it was given, in order
    std::vector<std::string> types;
    std::optional<Violation> refuses;
    bool unavailable = false;
    testing::Gate *arrival = nullptr, *gate = nullptr;  // passes both
};

class MediaWorld : public ::testing::Test {
protected:
    MediaWorld();

    Caller add_user(Role role = Role::user);

    Result<PermittedUpload> ask(const Caller& caller, Purpose purpose, std::string_view type = "image/jpeg",
                                std::int64_t bytes = 4);
    // Of the four bytes "file".
    UploadId permitted(const Caller& caller, Purpose purpose);
    int send(const PermittedUpload& upload, std::string file = "file");
    UploadId sent(const Caller& caller, Purpose purpose);
    UploadId finished(const Caller& caller, Purpose purpose);
    Result<FinishedUpload> finish(const Caller& caller, UploadId id) { return run(finishing.finish(caller, id, {})); }
    Result<ClaimedPicture> claim(const Caller& caller, UploadId id, Purpose purpose);
    void discard(PictureId picture);
    void sweep() { run(sweeping.sweep(clock.now())); }
    // What the outbox holds of this feature is delivered.
    void deliver();

    // The object at the end of a failing test's patience.
    bool is_stored(const ObjectName& name) const { return store.look(name) != nullptr; }
    bool is_stored(PictureId picture, Purpose purpose) const { return is_stored(objects_of(picture, purpose).back()); }

    template <class... A>
    void execute(std::string_view sql, const A&... values) {
        database.execute(fmt::format(fmt::runtime(sql), values...));
    }
    std::int64_t count(std::string_view from);       // "uploads where …"
    std::string state_of(UploadId id);               // "" if there is no row
    static std::string text_of(const Error& error);  // "code", or "code rule"

    testing::TestDatabase database;
    FakeClock clock{parse_instant("2026-12-01T08:00:00Z").value()};
    testing::MemoryObjectStore store;
    FakeProcessor processor;
    Permits permits{&store, clock};
    Finishing finishing{database.db(), clock, &store, &processor};
    Sweeping sweeping{database.db(), &store};
    Caller amina = add_user(), badis = add_user(), moderator = add_user(Role::moderator);

private:
    int people_ = 0;
};

}  // namespace safargo::media::test
