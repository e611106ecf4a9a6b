#include "features/drivers/personal_data.hpp"

namespace safargo::drivers {
namespace {

constexpr std::string_view exported_driver = R"(
    select to_jsonb(d) from (select licence_number, licence_expires_on, created_at from drivers where user_id = $1) d)";

// An expired licence allows no publication, not even by a request already under way.
constexpr db::Statement forget_licence{"user_forget_licence", R"(
    update drivers set licence_number = user_id::text, licence_expires_on = '1970-01-01' where user_id = $1)"};

Task<void> forget(db::Transaction& tx, UserId person, Instant) {
    co_await tx.query(forget_licence, person);
}

}  // namespace

platform::PersonalData personal_data() {
    return {.exported = {{"driver", exported_driver}}, .forget = forget};
}

}  // namespace safargo::drivers
