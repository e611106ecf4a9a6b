// The personal data of all features together: the export, the obstacles to deletion, and the erasure.
#pragma once

#include "platform/personal_data.hpp"

#include <string>
#include <vector>

namespace safargo::users {

class PersonalRecords {
public:
    // This feature's data and then that of `others`, in the order of erasure.
    explicit PersonalRecords(std::vector<platform::PersonalData> others);

    // Everything we hold about the person and nothing about others, as one JSON document from one snapshot.
    Task<std::string> export_all(db::Session& session, UserId id) const;
    // One field for each thing that has to end first, with the states it may then be in.
    Task<std::vector<FieldError>> open_business(db::Session& session, UserId id) const;
    // Contact, name, picture, devices, plates, own words; the rows that money needs stay. The driver's and the person's
    // row are locked.
    Task<void> forget(db::Transaction& tx, UserId id, Instant now) const;

private:
    std::vector<platform::PersonalData> parts_;
    std::vector<platform::OpenBusiness> open_business_;
    std::string export_sql_, business_sql_;
};

}  // namespace safargo::users
