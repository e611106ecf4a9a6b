// What leaves with a person: the export of everything, and forgetting (laws 18-07 and 25-11).
#include "features/users/repository.hpp"

namespace safargo::users {
namespace {

// No secret, no hash, no word of anybody else: each part asks for the person's own rows only.
constexpr db::Statement export_user{"user_export", R"(
    select jsonb_build_object(
        'user', (select to_jsonb(u) from (select id, phone, email, name, role, status, locale, bio, photo_url, languages,
            smoking, pets, music, talk, gender, gender_confirmed_at, kyc_approved_at, rating_sum, rating_count, trips_driven,
            trips_travelled, late_cancellations, ignored_requests, response_seconds_sum, response_count, created_at from users where id = $1) u),
        'sessions', (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (select id, user_agent, created_at, last_used_at,
            revoked_at from sessions where user_id = $1 order by created_at, id) s),
        'consents', (select coalesce(jsonb_agg(to_jsonb(c)), '[]') from (select kind, granted, recorded_at
            from consents where user_id = $1 order by recorded_at, kind) c),
        'driver', (select to_jsonb(d) from (select licence_number, licence_expires_on, created_at
            from drivers where user_id = $1) d),
        'vehicles', (select coalesce(jsonb_agg(to_jsonb(v)), '[]') from (select id, make, model, year, colour, seats, plate,
            fuel, created_at, deleted_at from vehicles where driver_id = $1 order by created_at, id) v),
        'trips', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from (select id, vehicle_id, plate, status, stop_labels,
            stop_lats, stop_lngs, stop_times, stop_prices, seats, booking_mode, smoking, pets, music, talk, luggage,
            max_two_back, women_only, note, started_at, completed_at, cancelled_at, created_at
            from trips where driver_id = $1 order by date_time, id) t),
        'bookings', (select coalesce(jsonb_agg(to_jsonb(b)), '[]') from (select b.id, b.trip_id, b.status, b.from_stop,
            b.to_stop, b.seats, b.price, b.service_fee, b.payment_method, b.message, b.pickup_at, b.dropoff_at,
            b.accepted_at, b.confirmed_at, b.boarded_at, b.completed_at, b.ended_at, b.created_at,
            p.id as payment_id, p.status as payment_status, p.amount, p.captured, p.refunded
            from bookings b left join payments p on p.booking_id = b.id where b.user_id = $1 order by b.created_at, b.id) b),
        'disputes', (select coalesce(jsonb_agg(to_jsonb(x)), '[]') from (select d.id, d.booking_id, d.status, d.opened_by = $1 as
            opened_by_me, case when d.opened_by = $1 then d.reason end as reason, case when d.opened_by = $1 then d.text
            end as text, case when d.opened_by <> $1 then d.answer end as answer, d.refund, d.created_at, d.resolved_at
            from disputes d join bookings b on b.id = d.booking_id
            where d.opened_by = $1 or ((b.user_id = $1 or b.driver_id = $1) and d.answer is not null)
            order by d.created_at, d.id) x),
        'earnings', (select coalesce(jsonb_agg(to_jsonb(e)), '[]') from (select t.kind, t.booking_id, l.account, -l.amount as amount,
            t.created_at from ledger_entries l join ledger_transactions t on t.id = l.transaction_id
            where l.account in ('driver_payable', 'payouts') and l.user_id = $1 order by t.created_at, l.id) e)
    )::text)"};

// A debit is positive and a credit negative: what we owe a driver is below zero.
constexpr db::Statement find_business{"user_open_business", R"(
    select exists (select from bookings where (user_id = $1 or driver_id = $1)
                   and status in ('requested', 'awaiting_payment', 'confirmed', 'boarded', 'completed', 'disputed'))
            or exists (select from no_shows n join bookings b on b.id = n.booking_id
                       where (b.user_id = $1 or b.driver_id = $1) and n.ended_at is null),
        exists (select from trips where driver_id = $1 and status in ('open', 'in_progress')),
        exists (select from bookings b join payments p on p.booking_id = b.id
                   where (b.user_id = $1 or b.driver_id = $1) and p.status = 'hold'),
        greatest(0, -(select coalesce(sum(amount), 0) from ledger_entries
                      where account = 'driver_payable' and user_id = $1))::bigint)"};

constexpr db::Statement forget_user{"user_forget", R"(
    update users set phone = null, email = null, name = '—', bio = null, photo_url = null, languages = '{}', smoking = null,
        pets = null, music = null, talk = null, gender = null, gender_confirmed_at = null, kyc_approved_at = null,
        role = 'user', status = 'deleted', deleted_at = $2
    where id = $1)"};

constexpr db::Statement forget_sessions{"user_forget_sessions", R"(
    update sessions set revoked_at = coalesce(revoked_at, $2), user_agent = '' where user_id = $1)"};

constexpr db::Statement forget_vehicles{"user_forget_vehicles", R"(
    update vehicles set deleted_at = coalesce(deleted_at, $2), plate = '' where driver_id = $1)"};

// A licence that has run out publishes nothing, not even by a request that was under way.
constexpr db::Statement forget_licence{"user_forget_licence", R"(
    update drivers set licence_number = user_id::text, licence_expires_on = '1970-01-01' where user_id = $1)"};

constexpr db::Statement unlink_drafts{"user_unlink_drafts", R"(
    update trips set return_trip_id = null
    where driver_id = $1 and return_trip_id in (select id from trips where driver_id = $1 and status = 'draft'))"};

// Nobody but the person has ever seen them.
constexpr db::Statement forget_drafts{"user_forget_drafts", R"(
    delete from trips where driver_id = $1 and status = 'draft')"};

// The id takes the plate's place: a day has one driver per plate.
constexpr db::Statement forget_trips{"user_forget_trips", R"(
    update trips set plate = driver_id::text, note = null where driver_id = $1)"};

constexpr db::Statement forget_words{"user_forget_words", R"(
    update bookings set message = null where user_id = $1 and message is not null)"};

// A dispute that is not decided keeps people from leaving; of a decided one the decision stays.
constexpr db::Statement forget_dispute_words{"user_forget_dispute_words", R"(
    update disputes set text = null where opened_by = $1 and text is not null)"};

constexpr db::Statement forget_dispute_answers{"user_forget_dispute_answers", R"(
    update disputes d set answer = null from bookings b
    where b.id = d.booking_id and (b.user_id = $1 or b.driver_id = $1) and d.opened_by <> $1 and d.answer is not null)"};

// Stored answers repeat what the person sent.
constexpr db::Statement forget_answers{"user_forget_answers", "delete from idempotency_keys where user_id = $1"};

}  // namespace

Task<std::string> UserRepository::export_all(db::Session& session, UserId id) {
    const db::Rows rows = co_await session.query(export_user, id);
    co_return rows[0].get<std::string>(0);
}

Task<OpenBusiness> UserRepository::open_business(db::Session& session, UserId id) {
    const db::Rows rows = co_await session.query(find_business, id);
    co_return OpenBusiness{.bookings = rows[0].get<bool>(0),
                           .trips = rows[0].get<bool>(1),
                           .held_money = rows[0].get<bool>(2),
                           .earnings = rows[0].get<Dinars>(3)};
}

Task<void> UserRepository::anonymise(db::Transaction& tx, UserId id, Instant now) {
    co_await tx.query(forget_user, id, now);
    co_await tx.query(forget_sessions, id, now);
    co_await tx.query(forget_vehicles, id, now);
    co_await tx.query(forget_licence, id);
    co_await tx.query(unlink_drafts, id);
    co_await tx.query(forget_drafts, id);
    co_await tx.query(forget_trips, id);
    co_await tx.query(forget_words, id);
    co_await tx.query(forget_dispute_words, id);
    co_await tx.query(forget_dispute_answers, id);
    co_await tx.query(forget_answers, id);
}

}  // namespace safargo::users
