-- What moderators and admins are asked to look at. Empty when it is made, so that its references are checked at once;
-- the kinds are a closed list in the program, which later versions make longer.
create table flags (
    id uuid constraint flags_pkey primary key,
    kind text not null,
    booking_id uuid constraint flags_booking_fkey references bookings (id),
    trip_id uuid constraint flags_trip_fkey references trips (id),
    created_at timestamptz not null,
    constraint flags_one_a_booking unique (kind, booking_id)
);
create index idx_flags_kind on flags (kind, id);
