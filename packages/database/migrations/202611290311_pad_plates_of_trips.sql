-- The same for the trips of days to come, whose plates keep a second driver from theirs. Where two drivers have already
-- promised one day to their passengers under two spellings, the trips stay as they are. In the order of ids, as everybody
-- locks several trips.
do $$
declare
    trip record;
begin
    for trip in
        select id from trips
        where local_day >= (now() at time zone 'Africa/Algiers')::date and plate ~ '^[0-9]{5}-'
          and status in ('draft', 'open', 'in_progress', 'completed')
        order by id
    loop
        begin
            update trips set plate = '0' || plate, version = version + 1 where id = trip.id and plate ~ '^[0-9]{5}-';
        exception when exclusion_violation then
            null;
        end;
    end loop;
end
$$;
