#include "features/kyc/personal_data.hpp"

namespace safargo::kyc {
namespace {

constexpr std::string_view exported_documents = R"(
    select coalesce(jsonb_agg(to_jsonb(d)), '[]') from (select id, type, status, picture_id, expires_on, reason, note,
        created_at, reviewed_at, decided_at, replaced_at
        from kyc_documents where user_id = $1 order by created_at, id) d)";

// Their pictures are discarded by their owner, media.
constexpr db::Statement forget_documents{"user_forget_kyc_documents", "delete from kyc_documents where user_id = $1"};

Task<void> forget(db::Transaction& tx, UserId person, Instant) {
    co_await tx.query(forget_documents, person);
}

}  // namespace

platform::PersonalData personal_data() {
    return {.exported = {{"kyc_documents", exported_documents}}, .forget = forget};
}

}  // namespace safargo::kyc
