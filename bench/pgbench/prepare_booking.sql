-- The rows of booking.sql: 131,072 passengers signed in and 131,072 open instant trips of eight seats
-- by 8,192 drivers, each with one trip a day for 16 days. Ids are their numbers, so that pgbench can spell them.
--   psql -v ON_ERROR_STOP=1 -f bench/pgbench/prepare_booking.sql
-- Run again, it takes the bookings back. Search shows these trips too: use a database beside the one where search is
-- measured.
set client_min_messages = warning;
begin;
delete from idempotency_keys where user_id <= lpad('131072', 32, '0')::uuid;
delete from outbox where ordering_key like 'booking:00000000-0000-0000-0000-%';
delete from payments where booking_id <= lpad('1048576', 32, '0')::uuid;
delete from bookings where id <= lpad('1048576', 32, '0')::uuid;
delete from user_events where subject_id <= lpad('1048576', 32, '0')::uuid;

insert into users (id, email, name, created_at)
select lpad(n::text, 32, '0')::uuid, 'passenger-' || n || '@bench.invalid', 'Passager ' || n, now()
from generate_series(1, 131072) n
on conflict do nothing;

insert into sessions (id, user_id, created_at, last_used_at)
select lpad(n::text, 32, '0')::uuid, lpad(n::text, 32, '0')::uuid, now(), now()
from generate_series(1, 131072) n
on conflict do nothing;

-- Drivers stand behind the passengers: 200,000 and more.
insert into users (id, email, name, role, rating_sum, rating_count, kyc_approved_at, created_at)
select lpad((200000 + n)::text, 32, '0')::uuid, 'driver-' || n || '@bench.invalid', 'Conducteur ' || n, 'driver', 43, 10,
       now(), now()
from generate_series(0, 8191) n
on conflict do nothing;

insert into drivers (user_id, licence_number, licence_expires_on, created_at)
select lpad((200000 + n)::text, 32, '0')::uuid, 'BENCH' || n, '2040-01-01', now()
from generate_series(0, 8191) n
on conflict do nothing;

insert into vehicles (id, driver_id, make, model, year, colour, seats, plate, fuel, created_at)
select lpad((200000 + n)::text, 32, '0')::uuid, lpad((200000 + n)::text, 32, '0')::uuid, 'Fiat', 'Ducato', 2020, 'white',
       8, 'bench-' || n, 'diesel', now()
from generate_series(0, 8191) n
on conflict do nothing;

-- Alger, Chlef, Oran from 8 h in Algiers; a row is as large as those of the demo.
insert into trips (id, driver_id, vehicle_id, plate, status, origin_lat, origin_lng, destination_lat, destination_lng,
                   date_time, arrival_at, local_day, stop_lats, stop_lngs, stop_labels, stop_communes, stop_times,
                   stop_prices, seats, leg_seats_left, booking_mode, smoking, pets, music, talk, luggage, max_two_back,
                   women_only, distance_m, duration_s, polyline, created_at)
select lpad((n + 1)::text, 32, '0')::uuid, driver, driver, 'bench-' || n / 16, 'open', 36.7538, 3.0588, 35.69906, -0.63588,
       departs, departs + interval '4 hours 30 minutes', departs::date, '{36.7538,36.1652,35.69906}',
       '{3.0588,1.3345,-0.63588}', '{Alger,Chlef,Oran}', '{1601,0201,3101}',
       array[departs, departs + interval '2 hours 15 minutes', departs + interval '4 hours 30 minutes'], '{0,700,1500}', 8,
       '{8,8}', 'instant', false, false, true, 'normal', 'medium', false, false, 417000, 16200,
       'enq_Fujmr@{uE|jI`bKteKzaOr{lBmfVdxAmxQmyDenq_Fujmr@{uE', now()
from generate_series(0, 131071) n,
     lateral (select lpad((200000 + n / 16)::text, 32, '0')::uuid as driver,
                     date_trunc('day', now()) + (2 + n % 16) * interval '1 day' + interval '7 hours' as departs) computed
on conflict do nothing;
update trips set leg_seats_left = '{8,8}'
where id <= lpad('131072', 32, '0')::uuid and leg_seats_left <> '{8,8}';
commit;
vacuum analyze users, sessions, drivers, vehicles, trips, bookings, payments, idempotency_keys, outbox, trip_changes;
