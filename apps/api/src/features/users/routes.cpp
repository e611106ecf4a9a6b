#include "features/users/routes.hpp"

namespace safargo::users {

void add_routes(api::Endpoints& endpoints, UserService& users) {
    endpoints.get("/users/me", "My profile")
        .returns<MyProfile>()
        .fails({Code::not_found})
        .handle([&users](const Caller& caller) { return users.me(caller); });

    endpoints.patch("/users/me", "Edit my profile")
        .body<EditProfile>()
        .returns<MyProfile>()
        .fails({Code::not_found})
        .handle([&users](db::Transaction& tx, const Caller& caller, const EditProfile& changes) {
            return users.edit(tx, caller, changes);
        });

    endpoints.remove("/users/me", "Close my account and forget me")
        .fails({Code::illegal_transition, Code::not_found})
        .handle([&users](db::Transaction& tx, const Caller& caller) { return users.leave(tx, caller); });

    endpoints.get("/users/me/export", "Everything SafarGo keeps about me")
        .returns<api::Content>()
        .handle([&users](const Caller& caller) { return users.export_all(caller); });

    endpoints.post("/users/me/consents", "Record a consent given or taken back")
        .idempotent()
        .body<RecordConsent>()
        .handle([&users](db::Transaction& tx, const Caller& caller, const RecordConsent& consent) {
            return users.record_consent(tx, caller, consent);
        });

    endpoints.get("/users/{id}", "What others see of a person")
        .path<UserId>("id")
        .returns<PublicProfile>()
        .handle([&users](const UserId& id) { return users.profile(id); });
}

}  // namespace safargo::users
