#include "features/bookings/personal_data.hpp"

namespace safargo::bookings {
namespace {

constexpr std::string_view exported_bookings = R"(
    select coalesce(jsonb_agg(to_jsonb(b)), '[]') from (select b.id, b.trip_id, b.status, b.from_stop, b.to_stop,
        b.seats, b.price, b.service_fee, b.payment_method, b.message, b.pickup_at, b.dropoff_at, b.accepted_at,
        b.confirmed_at, b.boarded_at, b.completed_at, b.ended_at, b.created_at,
        p.id as payment_id, p.status as payment_status, p.amount, p.captured, p.refunded
        from bookings b left join payments p on p.booking_id = b.id where b.user_id = $1 order by b.created_at, b.id) b)";

// As passenger or driver: not yet settled or ended, or a no-show that may still be contested.
constexpr std::string_view open_bookings = R"(
    select (exists (select from bookings where (user_id = $1 or driver_id = $1)
                    and status in ('requested', 'awaiting_payment', 'confirmed', 'boarded', 'completed', 'disputed'))
         or exists (select from no_shows n join bookings b on b.id = n.booking_id
                    where (b.user_id = $1 or b.driver_id = $1) and n.ended_at is null))::int::bigint)";

constexpr std::string_view ended =
    "settled, declined, expired, cancelled_by_passenger, cancelled_by_driver, cancelled_by_admin, no_show_passenger, "
    "no_show_driver";

constexpr db::Statement forget_words{"user_forget_words", R"(
    update bookings set message = null where user_id = $1 and message is not null)"};

Task<void> forget(db::Transaction& tx, UserId person, Instant) {
    co_await tx.query(forget_words, person);
}

}  // namespace

platform::PersonalData personal_data() {
    return {.exported = {{"bookings", exported_bookings}},
            .open_business = {{.sql = open_bookings, .field = "bookings.status", .allowed = ended}},
            .forget = forget};
}

}  // namespace safargo::bookings
