-- One packed row per trip: stops are parallel arrays (position 0 first), legs i..i+1 have their seats in leg_seats_left.
create table trips (
    id uuid constraint trips_pkey primary key,
    driver_id uuid not null constraint trips_driver_fkey references drivers (user_id),
    vehicle_id uuid not null constraint trips_vehicle_fkey references vehicles (id),
    plate text not null,
    status text not null constraint trips_status_check
        check (status in ('draft', 'open', 'in_progress', 'completed', 'cancelled')),
    origin_lat double precision not null,
    origin_lng double precision not null,
    destination_lat double precision not null,
    destination_lng double precision not null,
    date_time timestamptz not null,
    arrival_at timestamptz not null,
    local_day date not null,
    stop_lats double precision[] not null,
    stop_lngs double precision[] not null,
    stop_labels text[] not null,
    stop_communes text[] not null,
    stop_times timestamptz[] not null,
    stop_prices bigint[] not null,
    seats smallint not null constraint trips_seats_check check (seats between 1 and 8),
    leg_seats_left smallint[] not null,
    booking_mode text not null constraint trips_booking_mode_check check (booking_mode in ('instant', 'approval')),
    smoking boolean not null,
    pets boolean not null,
    music boolean not null,
    talk text not null constraint trips_talk_check check (talk in ('quiet', 'normal', 'chatty')),
    luggage text not null constraint trips_luggage_check check (luggage in ('none', 'small', 'medium', 'large')),
    max_two_back boolean not null,
    women_only boolean not null,
    note text,
    place_id uuid constraint trips_place_fkey references places (id),
    itinerary_id uuid,
    return_trip_id uuid constraint trips_return_trip_fkey references trips (id),
    -- The departure that passengers agreed to, once it was moved; small moves count from here.
    shifted_from timestamptz,
    distance_m integer not null,
    duration_s integer not null,
    polyline text not null,
    version bigint not null default 1,
    started_at timestamptz,
    completed_at timestamptz,
    cancelled_at timestamptz,
    created_at timestamptz not null,
    constraint trips_never_oversold check (0 <= all (leg_seats_left) and seats >= all (leg_seats_left)),
    constraint trips_shape_check check (
        cardinality(stop_lats) between 2 and 10
        and cardinality(stop_lngs) = cardinality(stop_lats)
        and cardinality(stop_labels) = cardinality(stop_lats)
        and cardinality(stop_communes) = cardinality(stop_lats)
        and cardinality(stop_times) = cardinality(stop_lats)
        and cardinality(stop_prices) = cardinality(stop_lats)
        and cardinality(leg_seats_left) = cardinality(stop_lats) - 1
        and date_time < arrival_at),
    constraint trips_no_overlap exclude using gist
        (driver_id with =, tstzrange(date_time, arrival_at) with &&) where (status in ('open', 'in_progress')),
    constraint trips_one_driver_per_plate exclude using gist
        (plate with =, local_day with =, driver_id with <>) where (status in ('open', 'in_progress', 'completed'))
);
create index idx_trips_search on trips (origin_lat, origin_lng, destination_lat, destination_lng, date_time, status);
create index idx_trips_driver on trips (driver_id, date_time);
create index idx_trips_due on trips (arrival_at) where status in ('open', 'in_progress');
create index idx_trips_place on trips (place_id, date_time) where place_id is not null;

-- The feed of the search index: which trip changed in which transaction. Written by triggers, so no path can forget it.
create table trip_changes (
    trip_id uuid not null,
    xid xid8 not null default pg_current_xact_id(),
    changed_at timestamptz not null default now()
);
create index idx_trip_changes_xid on trip_changes (xid);
create index idx_trip_changes_changed on trip_changes (changed_at);

create function record_trip_changes() returns trigger language plpgsql as $$
begin
    insert into trip_changes (trip_id) select id from changed;
    return null;
end
$$;
create trigger trips_inserted after insert on trips
    referencing new table as changed for each statement execute function record_trip_changes();
create trigger trips_updated after update on trips
    referencing new table as changed for each statement execute function record_trip_changes();
