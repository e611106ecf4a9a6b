#include "features/users/service.hpp"

#include "features/media/service.hpp"

#include <algorithm>
#include <utility>

namespace safargo::users {
namespace {

std::optional<std::string> text_of(const std::optional<Text<500, 0>>& text) {
    if (!text || text->str().empty()) return std::nullopt;
    return text->str();
}

template <class T>
void apply(const contract::Patch<std::optional<T>>& wanted, std::optional<T>& preference) {
    if (wanted) preference = *wanted;
}

void apply(const WantedTravelPreferences& wanted, TravelPreferences& preferences) {
    apply(wanted.smoking, preferences.smoking);
    apply(wanted.pets, preferences.pets);
    apply(wanted.music, preferences.music);
    apply(wanted.talk, preferences.talk);
}

// Each language once, in the order given.
std::vector<std::string> codes_of(const contract::List<Language, 0, 3>& languages) {
    std::vector<std::string> codes;
    for (const Language language : languages) {
        if (std::ranges::find(codes, code(language)) == codes.end()) codes.emplace_back(code(language));
    }
    return codes;
}

void apply(const EditProfile& changes, MyProfile& profile) {
    if (changes.name) profile.name = (*changes.name).str();
    if (changes.bio) profile.bio = text_of(*changes.bio);
    if (changes.locale) profile.locale = *changes.locale;
    if (changes.languages) profile.languages = codes_of(*changes.languages);
    if (changes.preferences) apply(*changes.preferences, profile.preferences);
}

}  // namespace

Task<Result<MyProfile>> UserService::me(Caller caller) {
    auto profile = co_await rows_.find_mine(database_, caller.id);
    if (!profile) co_return fail(Code::not_found);
    co_return std::move(*profile);
}

Task<Result<MyProfile>> UserService::edit(db::Transaction& tx, Caller caller, EditProfile changes) {
    // Two concurrent edits both take effect, and neither restores a person who has just left.
    if (!co_await rows_.lock_to_edit(tx, caller.id)) co_return fail(Code::not_found);
    auto profile = co_await rows_.find_mine(tx, caller.id);
    if (!profile) co_return fail(Code::not_found);
    apply(changes, *profile);
    co_await rows_.update(tx, *profile);
    co_return std::move(*profile);
}

Task<Result<MyProfile>> UserService::set_photo(db::Transaction& tx, Caller caller, media::UseUpload wanted) {
    if (!co_await rows_.lock_to_edit(tx, caller.id)) co_return fail(Code::not_found);
    auto profile = co_await rows_.find_mine(tx, caller.id);
    if (!profile) co_return fail(Code::not_found);
    if (profile->photo && profile->photo->id.value == wanted.upload_id.value) co_return std::move(*profile);
    const auto photo =
        co_await media::claim(tx, caller.id, wanted.upload_id, media::Purpose::profile_photo, clock_.now());
    if (!photo) co_return std::unexpected(photo.error());
    co_await replace_photo(tx, caller.id, std::exchange(profile->photo, Picture{photo->id}), photo->id);
    co_return std::move(*profile);
}

Task<Result<Nothing>> UserService::remove_photo(db::Transaction& tx, Caller caller) {
    if (!co_await rows_.lock_to_edit(tx, caller.id)) co_return fail(Code::not_found);
    const auto profile = co_await rows_.find_mine(tx, caller.id);
    if (!profile) co_return fail(Code::not_found);
    co_await replace_photo(tx, caller.id, profile->photo, std::nullopt);
    co_return Nothing{};
}

Task<void> UserService::replace_photo(db::Transaction& tx, UserId id, std::optional<Picture> before,
                                      std::optional<PictureId> after) {
    co_await rows_.set_photo(tx, id, after);
    if (before) co_await media::discard(tx, {before->id}, clock_.now());
}

Task<Result<PublicProfile>> UserService::profile(UserId id) {
    auto profile = co_await rows_.find_public(database_, id);
    if (!profile) co_return fail(Code::not_found);
    co_return std::move(*profile);
}

Task<Result<Nothing>> UserService::record_consent(db::Transaction& tx, Caller caller, RecordConsent consent) {
    co_await rows_.insert_consent(tx, caller.id, consent.kind.str(), consent.granted, clock_.now());
    co_return Nothing{};
}

Task<Result<api::Content>> UserService::export_all(Caller caller) {
    api::Content content{.type = "application/json", .body = co_await records_.export_all(database_, caller.id)};
    content.headers.emplace_back("Content-Disposition", "attachment; filename=\"safargo-export.json\"");
    co_return content;
}

Task<Result<Nothing>> UserService::leave(db::Transaction& tx, Caller caller) {
    if (!co_await rows_.lock_to_leave(tx, caller.id)) co_return fail(Code::not_found);
    auto open = co_await records_.open_business(tx, caller.id);
    if (!open.empty()) co_return fail(Error{.code = Code::illegal_transition, .fields = std::move(open)});
    co_await records_.forget(tx, caller.id, clock_.now());
    co_return Nothing{};
}

}  // namespace safargo::users
