-- The other side of refuse_ride_beside_own_trip: nobody drives while they ride. A hold whose deadline has passed is no ride,
-- swept or not, at the business time that the transaction says; an older version says none, and finds the hold in its way.
-- Should late money revive it, refuse_ride_beside_own_trip looks.
create function refuse_trip_beside_own_ride() returns trigger language plpgsql as $$
declare
    business_time constant timestamptz := nullif(current_setting('safargo.business_time', true), '')::timestamptz;
begin
    perform pg_advisory_xact_lock(uuid_hash_extended(new.driver_id, 7));
    if exists (select from bookings where user_id = new.driver_id
               and status in ('requested', 'awaiting_payment', 'confirmed', 'boarded')
               and (expires_at is null or business_time is null or expires_at > business_time)
               and tstzrange(pickup_at, dropoff_at) && tstzrange(new.date_time, new.arrival_at)) then
        raise exception 'the driver rides at that time'
            using errcode = '23P01', constraint = 'trips_beside_own_ride';
    end if;
    return null;
end
$$;

create trigger trips_made_beside_own_ride after insert on trips for each row
    when (new.status in ('open', 'in_progress')) execute function refuse_trip_beside_own_ride();
create trigger trips_moved_beside_own_ride after update of status, date_time, arrival_at on trips for each row
    when (new.status in ('open', 'in_progress')
        and (old.status not in ('open', 'in_progress')
            or (old.date_time, old.arrival_at) is distinct from (new.date_time, new.arrival_at)))
    execute function refuse_trip_beside_own_ride();
