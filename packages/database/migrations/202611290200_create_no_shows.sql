-- Somebody did not come, as the other says. Until contest_until the accused may object and the money waits. What was
-- reported before this table existed is final.
create table no_shows (
    booking_id uuid constraint no_shows_pkey primary key
        constraint no_shows_booking_fkey references bookings (id),
    reported_at timestamptz not null,
    contest_until timestamptz not null,
    -- Nobody objected in time, a dispute took over, or the trip was cancelled.
    ended_at timestamptz,
    constraint no_shows_times_check check (reported_at <= contest_until)
);
