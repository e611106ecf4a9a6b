#include "features/users/service.hpp"

namespace safargo::users {
namespace {

std::optional<std::string> text_of(const std::optional<Text<500>>& text) {
    if (!text) return std::nullopt;
    return text->str();
}

void apply(const EditProfile& changes, MyProfile& profile) {
    if (changes.name) profile.name = (*changes.name).str();
    if (changes.bio) profile.bio = text_of(*changes.bio);
    if (changes.locale) profile.locale = *changes.locale;
    if (changes.languages) {
        profile.languages.clear();
        for (const Language language : *changes.languages) profile.languages.emplace_back(code(language));
    }
    if (changes.preferences) {
        const WantedTravelPreferences& wanted = *changes.preferences;
        profile.preferences = {wanted.smoking, wanted.pets, wanted.music, wanted.talk};
    }
}

}  // namespace

Task<Result<MyProfile>> UserService::me(Caller caller) {
    auto profile = co_await rows_.find_mine(database_, caller.id);
    if (!profile) co_return fail(Code::not_found);
    co_return std::move(*profile);
}

Task<Result<MyProfile>> UserService::edit(db::Transaction& tx, Caller caller, EditProfile changes) {
    auto profile = co_await rows_.find_mine(tx, caller.id);
    if (!profile) co_return fail(Code::not_found);
    apply(changes, *profile);
    co_await rows_.update(tx, *profile);
    co_return std::move(*profile);
}

Task<Result<PublicProfile>> UserService::profile(UserId id) {
    auto profile = co_await rows_.find_public(database_, id);
    if (!profile) co_return fail(Code::not_found);
    co_return std::move(*profile);
}

Task<Result<Nothing>> UserService::record_consent(Caller caller, RecordConsent consent) {
    co_await rows_.insert_consent(database_, caller.id, consent.kind.str(), consent.granted, clock_.now());
    co_return Nothing{};
}

Task<Result<api::Content>> UserService::export_all(Caller caller) {
    api::Content content{.type = "application/json", .body = co_await rows_.export_all(database_, caller.id)};
    content.headers.emplace_back("Content-Disposition", "attachment; filename=\"safargo-export.json\"");
    co_return content;
}

Task<Result<Nothing>> UserService::leave(db::Transaction& tx, Caller caller) {
    if (co_await rows_.has_open_business(tx, caller.id)) co_return fail(Code::illegal_transition);
    co_await rows_.anonymise(tx, caller.id, clock_.now());
    co_return Nothing{};
}

}  // namespace safargo::users
