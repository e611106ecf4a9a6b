#include "features/users/routes.hpp"

namespace safargo::users {
namespace {

void add_photo(api::Endpoints& endpoints, UserService& users) {
    endpoints.put("/users/me/photo", "Set my photo")
        .describes(
            "Shows a finished upload (purpose profile_photo) on the profile, on trips and on bookings, in place of the "
            "photo that was there. An upload is used once (upload_used), except that the same call may be repeated.")
        .body<media::UseUpload>()
        .returns<MyProfile>()
        .fails({Code::not_found, Code::upload_incomplete, Code::upload_expired, Code::upload_used})
        .handle([&users](db::Transaction& tx, const Caller& caller, const media::UseUpload& wanted) {
            return users.set_photo(tx, caller, wanted);
        });

    endpoints.remove("/users/me/photo", "Remove my photo")
        .describes("From the profile and everywhere else; the files are deleted. Without a photo nothing happens.")
        .fails({Code::not_found})
        .handle([&users](db::Transaction& tx, const Caller& caller) { return users.remove_photo(tx, caller); });
}

}  // namespace

void add_routes(api::Endpoints& endpoints, UserService& users) {
    endpoints.get("/users/me", "Show my profile")
        .describes("Everything the account shows to its owner, contact details included.")
        .returns<MyProfile>()
        .fails({Code::not_found})
        .handle([&users](const Caller& caller) { return users.me(caller); });

    endpoints.patch("/users/me", "Edit my profile")
        .describes(
            "Fields that are left out stay as they are; null removes a bio or a preference. A name or bio is public: "
            "contact details in a name are refused.")
        .body<EditProfile>()
        .returns<MyProfile>()
        .fails({Code::not_found})
        .handle([&users](db::Transaction& tx, const Caller& caller, const EditProfile& changes) {
            return users.edit(tx, caller, changes);
        });

    add_photo(endpoints, users);

    endpoints.remove("/users/me", "Delete my account")
        .describes(
            "Anonymises the account for good and ends its sessions. Refused while a trip or a booking is still active, "
            "money is held or earnings are owed (illegal_transition names each).")
        .fails({Code::illegal_transition, Code::not_found})
        .handle([&users](db::Transaction& tx, const Caller& caller) { return users.leave(tx, caller); });

    endpoints.get("/users/me/export", "Export my personal data")
        .describes("One JSON document with all that SafarGo holds about the caller.")
        .returns<api::Content>()
        .handle([&users](const Caller& caller) { return users.export_all(caller); });

    endpoints.post("/users/me/consents", "Record a consent")
        .describes("Adds an entry to the caller's consent log, given or withdrawn.")
        .idempotent()
        .body<RecordConsent>()
        .handle([&users](db::Transaction& tx, const Caller& caller, const RecordConsent& consent) {
            return users.record_consent(tx, caller, consent);
        });

    endpoints.get("/users/{id}", "Show a public profile")
        .describes(
            "First name and initial, ratings and verifications; never a phone number, an email address or a birth "
            "date.")
        .path<UserId>("id")
        .returns<PublicProfile>()
        .handle([&users](const UserId& id) { return users.profile(id); });
}

}  // namespace safargo::users
