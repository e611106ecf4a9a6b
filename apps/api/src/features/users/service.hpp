// Profiles: the public and the private view, and account deletion (laws 18-07 and 25-11).
#pragma once

#include "api/answer.hpp"
#include "core/clock.hpp"
#include "db/database.hpp"
#include "features/media/types.hpp"
#include "features/users/accounts.hpp"
#include "features/users/personal_records.hpp"
#include "features/users/repository.hpp"
#include "features/users/track_record.hpp"

namespace safargo::users {

class UserService {
public:
    // `personal_data`: the other features' personal data, in the order of erasure.
    UserService(db::Database& database, const Clock& clock, std::vector<platform::PersonalData> personal_data)
        : database_(database), clock_(clock), records_(std::move(personal_data)) {}

    Task<Result<MyProfile>> me(Caller caller);
    Task<Result<MyProfile>> edit(db::Transaction& tx, Caller caller, EditProfile changes);
    // A finished upload takes the place of the photo that was there; the same one again changes nothing. Fails as
    // media::claim does.
    Task<Result<MyProfile>> set_photo(db::Transaction& tx, Caller caller, media::UseUpload wanted);
    Task<Result<Nothing>> remove_photo(db::Transaction& tx, Caller caller);
    Task<Result<PublicProfile>> profile(UserId id);
    Task<Result<Nothing>> record_consent(db::Transaction& tx, Caller caller, RecordConsent consent);
    Task<Result<api::Content>> export_all(Caller caller);
    // illegal_transition while trips, bookings or money are still open, naming which.
    Task<Result<Nothing>> leave(db::Transaction& tx, Caller caller);

private:
    Task<void> replace_photo(db::Transaction& tx, UserId id, std::optional<Picture> before,
                             std::optional<PictureId> after);

    db::Database& database_;
    const Clock& clock_;
    UserRepository rows_;
    PersonalRecords records_;
};

}  // namespace safargo::users
