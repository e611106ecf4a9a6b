create table bookings (
    id uuid constraint bookings_pkey primary key,
    trip_id uuid not null constraint bookings_trip_fkey references trips (id),
    -- The passenger, under the name that the deployment guide's index uses.
    user_id uuid not null constraint bookings_user_fkey references users (id),
    driver_id uuid not null constraint bookings_driver_fkey references drivers (user_id),
    from_stop smallint not null,
    to_stop smallint not null,
    seats smallint not null constraint bookings_seats_check check (seats between 1 and 8),
    status text not null constraint bookings_status_check check (status in (
        'requested', 'awaiting_payment', 'confirmed', 'boarded', 'completed', 'settled', 'disputed', 'declined', 'expired',
        'cancelled_by_passenger', 'cancelled_by_driver', 'cancelled_by_admin', 'no_show_passenger', 'no_show_driver')),
    price bigint not null,
    service_fee bigint not null,
    payment_method text not null constraint bookings_payment_method_check
        check (payment_method in ('cash', 'card', 'edahabia', 'cib', 'sandbox')),
    message text,
    pickup_at timestamptz not null,
    dropoff_at timestamptz not null,
    expires_at timestamptz,
    accepted_at timestamptz,
    confirmed_at timestamptz,
    boarded_at timestamptz,
    completed_at timestamptz,
    settle_after timestamptz,
    settled_at timestamptz,
    ended_at timestamptz,
    pin_attempts smallint not null default 0,
    version bigint not null default 1,
    created_at timestamptz not null,
    constraint bookings_legs_check check (0 <= from_stop and from_stop < to_stop and to_stop <= 9),
    constraint bookings_money_check check (price >= 0 and service_fee >= 0),
    constraint bookings_times_check check (pickup_at < dropoff_at)
);
create index idx_bookings_user on bookings (user_id, status);

-- Made in this order, they are checked in this order: a second booking of one trip is "already booked", not "overlaps".
create unique index bookings_active_trip_key on bookings (trip_id, user_id)
    where status in ('requested', 'awaiting_payment', 'confirmed', 'boarded');
alter table bookings add constraint bookings_no_overlap exclude using gist
    (user_id with =, tstzrange(pickup_at, dropoff_at) with &&)
    where (status in ('requested', 'awaiting_payment', 'confirmed', 'boarded'));

-- Lists are read newest first, and ids sort by time.
create index idx_bookings_passenger_page on bookings (user_id, id);
create index idx_bookings_driver_page on bookings (driver_id, id);
create index idx_bookings_trip on bookings (trip_id, id);
create index idx_bookings_expiring on bookings (expires_at) where status in ('requested', 'awaiting_payment');

-- Dated rules of who gets what back; the row in force is the newest that has begun.
create table cancellation_policies (
    effective_from date constraint cancellation_policies_pkey primary key,
    free_until_hours integer not null,
    late_refund_basis_points integer not null,
    grace_minutes integer not null
);
insert into cancellation_policies (effective_from, free_until_hours, late_refund_basis_points, grace_minutes)
values ('2026-01-01', 24, 5000, 30);
