#include "features/payments/personal_data.hpp"

namespace safargo::payments {
namespace {

// The export shows payments beside their bookings (features/bookings).
constexpr std::string_view held_money = R"(
    select count(*) from bookings b join payments p on p.booking_id = b.id
    where (b.user_id = $1 or b.driver_id = $1) and p.status = 'hold')";

}  // namespace

platform::PersonalData personal_data() {
    return {.open_business = {
                {.sql = held_money, .field = "payments.status", .allowed = "captured, refunded, failed, cancelled"}}};
}

}  // namespace safargo::payments
