-- What SafarGo sends for one cash booking: POST /api/v1/bookings with an Idempotency-Key, on an instant trip.
--   pgbench -n -M prepared -c 16 -j 2 -T 30 -D clients=16 -D n=0 -f bench/pgbench/booking.sql
-- `clients` is what -c says; `n` counts a client's bookings, and a later run without prepare_booking.sql between goes on
-- from a larger n. Every transaction books another trip or another seat for another passenger, up to 1,048,576 in all:
-- booking k takes trip 81,001 k modulo their number, far from the one before, and in the next round through the trips each
-- is booked by its next passenger, whose trips so far were on other days.
--
-- Captured from the log of PostgreSQL (log_statement = all) while safargo-api answered its third booking, statement by
-- statement in the order sent; a pipeline stands where SafarGo sends several in one round trip. The trigger on trips
-- writes the row of trip_changes. Literals stand for what is the same each time, now() for the clock of the process, and
-- numbers for ids, since pgbench knows no uuid;
-- the stored answer is as long as the captured one.
\set k :client_id + :clients * :n
\set index :k * 81001 % 131072
\set trip :index + 1
\set user (:index + :k / 131072) % 131072 + 1
\set driver 200000 + :index / 16
\set booking :k + 1

-- session_caller: who is calling (each request, before the transaction)
select u.role, u.status from sessions s join users u on u.id = s.user_id
where s.id = lpad(:user, 32, '0')::uuid and s.user_id = lpad(:user, 32, '0')::uuid and s.revoked_at is null;

\startpipeline
begin isolation level read committed;
-- idempotency_lock
select pg_try_advisory_xact_lock(hashtextextended('user ' || :user || ' POST /bookings ' || :booking, 0));
-- idempotency_find
select request_hash, status, response, etag, finished, sealed, created_at from idempotency_keys
where user_id = lpad(:user, 32, '0')::uuid and route = 'POST /bookings' and key = 'bench-' || :booking
  and created_at > now() - interval '24 hours';
-- idempotency_savepoint
savepoint effect;
\endpipeline

-- booking_lock_booker
select coalesce(u.gender = 'female' and u.gender_confirmed_at is not null, false), u.status,
       array(select distinct b.trip_id from bookings b
             where b.user_id = u.id and b.status in ('requested', 'awaiting_payment') and b.expires_at <= now())
from users u where u.id = lpad(:user, 32, '0')::uuid for key share of u;

-- trip_lock_all
select
    t.id, t.driver_id, t.vehicle_id, t.plate, t.status, t.stop_lats, t.stop_lngs, t.stop_labels, t.stop_communes,
    t.stop_times, t.stop_prices, t.seats, t.leg_seats_left, t.booking_mode, t.smoking, t.pets, t.music, t.talk,
    t.luggage, t.max_two_back, t.women_only, t.note, t.place_id, t.itinerary_id, t.return_trip_id,
    t.distance_m, t.duration_s, t.polyline, t.version, t.created_at
from trips t where t.id = any (array[lpad(:trip, 32, '0')::uuid]) order by t.id for no key update of t;

-- trip_change_seats
update trips set version = version + 1, leg_seats_left = (
    select array_agg((seats_left - case when leg > 0::smallint and leg <= 2::smallint then 1::smallint else 0::smallint end)::smallint order by leg)
    from unnest(leg_seats_left) with ordinality as legs (seats_left, leg))
where id = lpad(:trip, 32, '0')::uuid returning leg_seats_left, version;

-- booking_insert: the day follows from the trip's number, as in prepare_booking.sql
insert into bookings (id, trip_id, user_id, driver_id, from_stop, to_stop, seats, status, price, service_fee,
    payment_method, message, pickup_at, dropoff_at, expires_at, confirmed_at, created_at,
    pickup_lat, pickup_lng, dropoff_lat, dropoff_lng)
values (lpad(:booking, 32, '0')::uuid, lpad(:trip, 32, '0')::uuid, lpad(:user, 32, '0')::uuid,
    lpad(:driver, 32, '0')::uuid, 0, 2, 1, 'confirmed', 1500, 0, 'cash', null,
    date_trunc('day', now()) + (2 + :index % 16) * interval '1 day' + interval '7 hours',
    date_trunc('day', now()) + (2 + :index % 16) * interval '1 day' + interval '11 hours 30 minutes', null, now(), now(),
    36.7538, 3.0588, 35.6971, -0.6308);

-- payments_insert
insert into payments (id, booking_id, passenger_id, driver_id, method, status, price, service_fee, amount, created_at)
values (lpad(:booking, 32, '0')::uuid, lpad(:booking, 32, '0')::uuid, lpad(:user, 32, '0')::uuid,
    lpad(:driver, 32, '0')::uuid, 'cash', 'intent', 1500, 0, 1500 + 0, now())
on conflict (booking_id) do nothing
returning id, booking_id, passenger_id, driver_id, method, status, price, service_fee, amount, captured, refunded,
          attempt, capturing, checkout_url;

\startpipeline
-- outbox_insert
insert into outbox (ordering_key, kind, payload, created_at, available_at, expires_at, dedupe_key)
values ('booking:' || lpad(:booking, 32, '0')::uuid, 'booking.changed',
    '{"booking_id":"' || lpad(:booking, 32, '0')::uuid || '","trip_id":"' || lpad(:trip, 32, '0')::uuid ||
    '","passenger_id":"' || lpad(:user, 32, '0')::uuid || '","driver_id":"' || lpad(:driver, 32, '0')::uuid ||
    '","what":"confirmed","at":' || to_json(now()) || ',"deadline": null}', now(), now(), null, null)
on conflict (dedupe_key) where dedupe_key is not null do nothing;
-- live_record
insert into user_events (user_id, event, subject_id, what, at)
select distinct person, 'booking', lpad(:booking, 32, '0')::uuid, 'confirmed', now()
from unnest(array[lpad(:user, 32, '0')::uuid, lpad(:driver, 32, '0')::uuid]) as person;

-- booking_read
select b.id, b.trip_id, b.user_id, b.driver_id, b.from_stop, b.to_stop, b.seats, b.status, b.price, b.service_fee, b.payment_method,
    b.message, b.pickup_at, b.dropoff_at, b.expires_at, b.accepted_at, b.confirmed_at, b.boarded_at, b.completed_at,
    b.settle_after, b.settled_at, b.ended_at, b.pin_attempts, b.created_at, b.agreed_pickup_at,
    b.pickup_lat, b.pickup_lng, b.dropoff_lat, b.dropoff_lng,
    t.status, t.stop_labels[b.from_stop + 1], t.stop_labels[b.to_stop + 1], p.name, p.rating_sum, p.rating_count,
    p.kyc_approved_at is not null, p.trips_travelled, d.name, d.rating_sum, d.rating_count, d.kyc_approved_at is not null,
    d.response_seconds_sum, d.response_count
from bookings b join trips t on t.id = b.trip_id join users p on p.id = b.user_id join users d on d.id = b.driver_id
where b.id = lpad(:booking, 32, '0')::uuid;
\endpipeline

\startpipeline
-- idempotency_store: finished, since nothing follows the commit of a cash booking
insert into idempotency_keys (user_id, route, key, request_hash, status, response, etag, finished, created_at, sealed)
values (lpad(:user, 32, '0')::uuid, 'POST /bookings', 'bench-' || :booking, 'pJyF1u2gxfFdz6A_O9r2kGWpMzvyEUQJl6I3Kmsa6U8',
    409, repeat('x', 300),
    '', true, now(), repeat('x', 1720))
on conflict (user_id, route, key) do update set request_hash = excluded.request_hash, status = excluded.status,
    response = excluded.response, etag = excluded.etag, finished = excluded.finished,
    created_at = excluded.created_at, sealed = excluded.sealed;

commit;
\endpipeline

\set n :n + 1
