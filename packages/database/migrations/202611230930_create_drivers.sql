create table drivers (
    user_id uuid constraint drivers_pkey primary key constraint drivers_user_fkey references users (id),
    licence_number text not null constraint drivers_licence_number_key unique,
    licence_expires_on date not null,
    created_at timestamptz not null
);

create table vehicles (
    id uuid constraint vehicles_pkey primary key,
    driver_id uuid not null constraint vehicles_driver_fkey references drivers (user_id),
    make text not null,
    model text not null,
    year smallint not null,
    colour text not null constraint vehicles_colour_check check (colour in (
        'white', 'black', 'grey', 'silver', 'blue', 'red', 'green', 'yellow', 'orange', 'brown', 'beige', 'gold')),
    seats smallint not null constraint vehicles_seats_check check (seats between 1 and 8),
    plate text not null,
    fuel text not null constraint vehicles_fuel_check check (fuel in ('petrol', 'diesel', 'lpg', 'electric')),
    created_at timestamptz not null,
    deleted_at timestamptz
);
create unique index vehicles_plate_key on vehicles (plate) where deleted_at is null;
create index idx_vehicles_driver on vehicles (driver_id) where deleted_at is null;

-- Rates in centimes of a dinar per kilometre and seat; the row in force is the newest of its fuel that has begun.
create table fare_policies (
    fuel text not null constraint fare_policies_fuel_check check (fuel in ('petrol', 'diesel', 'lpg', 'electric')),
    effective_from date not null,
    recommended_centimes integer not null,
    cap_centimes integer not null,
    constraint fare_policies_pkey primary key (fuel, effective_from),
    constraint fare_policies_rates_check check (0 < recommended_centimes and recommended_centimes <= cap_centimes)
);
insert into fare_policies (fuel, effective_from, recommended_centimes, cap_centimes) values
    ('petrol', '2026-01-01', 350, 450),
    ('diesel', '2026-01-01', 350, 450),
    ('lpg', '2026-01-01', 350, 450),
    ('electric', '2026-01-01', 350, 450);
