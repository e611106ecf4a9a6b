#include "features/users/personal_records.hpp"

#include "api/idempotency.hpp"
#include "features/users/personal_data.hpp"

namespace safargo::users {
namespace {

using platform::OpenBusiness;
using platform::PersonalData;

std::string quoted(std::string_view key) {
    return "'" + std::string(key) + "'";
}

std::string in_brackets(std::string_view query) {
    return "(" + std::string(query) + ")";
}

// One statement, so that all parts come from one snapshot.
std::string export_of(const std::vector<PersonalData>& parts) {
    std::string members;
    for (const PersonalData& part : parts) {
        for (const platform::ExportPart& member : part.exported) {
            if (!members.empty()) members += ", ";
            members += quoted(member.key) + ", " + in_brackets(member.sql);
        }
    }
    return "select jsonb_build_object(" + members + ")::text";
}

std::string business_of(const std::vector<OpenBusiness>& all) {
    std::string columns;
    for (const OpenBusiness& business : all) columns += (columns.empty() ? "" : ", ") + in_brackets(business.sql);
    return "select " + (columns.empty() ? "1" : columns);
}

FieldError refusal(const OpenBusiness& business, std::int64_t open) {
    const bool counts = business.allowed.empty();
    return {std::string(business.field),
            {business.rule, counts ? std::to_string(open) : std::string(business.allowed)}};
}

}  // namespace

PersonalRecords::PersonalRecords(std::vector<PersonalData> others) : parts_(std::move(others)) {
    parts_.insert(parts_.begin(), personal_data());
    for (const PersonalData& part : parts_) {
        open_business_.insert(open_business_.end(), part.open_business.begin(), part.open_business.end());
    }
    export_sql_ = export_of(parts_);
    business_sql_ = business_of(open_business_);
}

Task<std::string> PersonalRecords::export_all(db::Session& session, UserId id) const {
    const db::Statement everything{"user_export", export_sql_};
    const db::Rows rows = co_await session.query(everything, id);
    co_return rows[0].get<std::string>(0);
}

Task<std::vector<FieldError>> PersonalRecords::open_business(db::Session& session, UserId id) const {
    std::vector<FieldError> fields;
    if (open_business_.empty()) co_return fields;
    const db::Statement open{"user_open_business", business_sql_};
    const db::Rows rows = co_await session.query(open, id);
    for (std::size_t i = 0; i < open_business_.size(); ++i) {
        const auto count = rows[0].get<std::int64_t>(static_cast<int>(i));
        if (count > 0) fields.push_back(refusal(open_business_[i], count));
    }
    co_return fields;
}

Task<void> PersonalRecords::forget(db::Transaction& tx, UserId id, Instant now) const {
    for (const PersonalData& part : parts_) {
        if (part.forget != nullptr) co_await part.forget(tx, id, now);
    }
    co_await api::forget_answers(tx, id);
}

}  // namespace safargo::users
