-- People who write during the measurements: drivers who publish, passengers who book, and trips to book on. Made in the
-- copy of the world that a run works on, when the reading is over, so that readings see the world as it was generated.
-- Placeholders: {per_slot} trips leave together, in {slots} slots of four hours; {publishers} drivers publish.
create schema bench;

-- Ids that look like the API's own (version 7), the same in every run.
create function bench.id(key text) returns uuid language sql immutable strict as $$
    select ('019b00000000' || '7' || substr(md5(key), 1, 3) || '8' || substr(md5(key), 4, 15))::uuid
$$;

create table bench.people as
select kind, n, bench.id(kind || n) as user_id, bench.id('session ' || kind || n) as session_id
from (values ('passenger', {per_slot} * 8), ('host', {per_slot}), ('publisher', {publishers})) as wanted (kind, count),
     generate_series(1, count) as n;

insert into users (id, email, name, role, locale, gender, kyc_approved_at, documents_valid_until, created_at)
select user_id, kind || n || '@bench.safargo.invalid', 'Bench ' || initcap(kind) || ' ' || n,
       case kind when 'passenger' then 'user' else 'driver' end, 'fr', 'male', now(), '2099-12-31', now()
from bench.people;

insert into sessions (id, user_id, user_agent, created_at, last_used_at)
select session_id, user_id, 'bench', now(), now() from bench.people;

insert into drivers (user_id, licence_number, licence_expires_on, created_at)
select user_id, 'BENCH' || upper(substr(kind, 1, 1)) || lpad(n::text, 6, '0'), current_date + 3650, now()
from bench.people where kind <> 'passenger';

-- Plates that begin with 0: those of the generated world do not.
insert into vehicles (id, driver_id, make, model, year, colour, seats, plate, fuel, created_at)
select bench.id('vehicle ' || kind || n), user_id, 'Fiat', 'Ducato', 2020, 'white', 8,
       lpad((n + case kind when 'host' then 0 else 50000 end)::text, 6, '0') || '-120-16', 'petrol', now()
from bench.people where kind <> 'passenger';

-- Journeys of the world itself, short enough for a slot.
create table bench.journeys as
select row_number() over () as n, t.* from (
    select origin_lat, origin_lng, destination_lat, destination_lng, stop_lats, stop_lngs, stop_labels, stop_communes,
           stop_prices, distance_m, duration_s, polyline
    from trips
    where status = 'open' and cardinality(stop_lats) = 2 and duration_s < 10800 and not women_only
    order by id limit 5000) t;

create table bench.bookable as
select s.slot, p.n as host, bench.id('trip ' || s.slot || ' ' || p.n) as trip_id, p.user_id as driver_id,
       date_trunc('day', now()) + interval '2 days' + s.slot * interval '4 hours' as leaves,
       1 + (p.n * 7919) % (select count(*) from bench.journeys) as journey
from bench.people p, generate_series(0, {slots} - 1) as s (slot)
where p.kind = 'host';

insert into trips (id, driver_id, vehicle_id, plate, status, origin_lat, origin_lng, destination_lat, destination_lng,
                   date_time, arrival_at, local_day, stop_lats, stop_lngs, stop_labels, stop_communes, stop_times,
                   stop_prices, seats, leg_seats_left, booking_mode, smoking, pets, music, talk, luggage, max_two_back,
                   women_only, distance_m, duration_s, polyline, created_at)
select b.trip_id, b.driver_id, v.id, v.plate, 'open', j.origin_lat, j.origin_lng, j.destination_lat, j.destination_lng,
       b.leaves, b.leaves + j.duration_s * interval '1 second', (b.leaves at time zone 'Africa/Algiers')::date,
       j.stop_lats, j.stop_lngs, j.stop_labels, j.stop_communes,
       array[b.leaves, b.leaves + j.duration_s * interval '1 second'], j.stop_prices, 8, '{8}', 'instant', false, false,
       true, 'normal', 'medium', false, false, j.distance_m, j.duration_s, j.polyline, now()
from bench.bookable b join bench.journeys j on j.n = b.journey join vehicles v on v.driver_id = b.driver_id;

analyze users, sessions, drivers, vehicles, trips;
