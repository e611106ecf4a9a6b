-- Whoever has boarded is on the way: an older version boarded passengers on trips that had not started. Rows are locked in
-- the order of everybody else (driver, trip, booking) and looked at again under the lock; the statement trigger of trips
-- tells search. Requests and unpaid bookings end with the start: their deadline is now, and the job that sweeps them gives
-- back seats and money and tells their people, as it always does.
create temporary table early_rides on commit drop as
    select b.trip_id, t.driver_id, min(b.boarded_at) as boarded_at
    from bookings b join trips t on t.id = b.trip_id
    where b.status = 'boarded' and t.status = 'open' group by b.trip_id, t.driver_id;

do $$
begin
    perform from drivers where user_id in (select driver_id from early_rides) order by user_id for no key update;
    perform from trips where id in (select trip_id from early_rides) order by id for no key update;
end
$$;

with started as (
    update trips set status = 'in_progress', started_at = coalesce(trips.started_at, early_rides.boarded_at, now()),
        version = version + 1
    from early_rides where trips.id = early_rides.trip_id and trips.status = 'open'
    returning trips.id),
waiting as (
    select id from bookings where trip_id in (select id from started) and status in ('requested', 'awaiting_payment')
    order by id for update)
update bookings set expires_at = least(expires_at, now()), version = version + 1
where id in (select id from waiting);
