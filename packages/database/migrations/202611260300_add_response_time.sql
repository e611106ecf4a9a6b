-- How fast a driver answers requests, for every card that shows him: counted where he answers, so that no list has to
-- look through his bookings.
alter table users
    add column response_seconds_sum bigint not null default 0,
    add column response_count integer not null default 0;
