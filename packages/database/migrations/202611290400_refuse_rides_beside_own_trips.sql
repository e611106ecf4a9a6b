-- Nobody rides while they drive. Both sides look at the other's table under one lock per person, which is released with the
-- transaction: whoever comes second looks after the first has ended, and a function's statements see what was committed
-- before each of them. The lock is the last one taken (after driver and trip), so nobody who holds it waits for those.
-- Seed 7 keeps its keys apart from other advisory locks.
create function refuse_ride_beside_own_trip() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(uuid_hash_extended(new.user_id, 7));
    if exists (select from trips where driver_id = new.user_id and status in ('open', 'in_progress')
               and tstzrange(date_time, arrival_at) && tstzrange(new.pickup_at, new.dropoff_at)) then
        raise exception 'the passenger drives at that time'
            using errcode = '23P01', constraint = 'bookings_beside_own_trip';
    end if;
    return null;
end
$$;

create trigger bookings_made_beside_own_trip after insert on bookings for each row
    when (new.status in ('requested', 'awaiting_payment', 'confirmed', 'boarded'))
    execute function refuse_ride_beside_own_trip();
-- What becomes active again (late money), becomes sure (a trip of their own does not wait for a hold past its deadline), or
-- moves with its trip.
create trigger bookings_moved_beside_own_trip after update of status, pickup_at, dropoff_at on bookings for each row
    when (new.status in ('requested', 'awaiting_payment', 'confirmed', 'boarded')
        and (old.status not in ('requested', 'awaiting_payment', 'confirmed', 'boarded')
            or (old.expires_at is not null and new.expires_at is null)
            or (old.pickup_at, old.dropoff_at) is distinct from (new.pickup_at, new.dropoff_at)))
    execute function refuse_ride_beside_own_trip();
