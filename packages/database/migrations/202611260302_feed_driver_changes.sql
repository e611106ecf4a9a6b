-- Search shows a card of each driver beside his trips: when it changes, his open trips are read again. They are only
-- named, not touched: no lock is taken out of order (users come last) and nobody's If-Match goes stale. The index of
-- trips_no_overlap finds them.
create function record_driver_changes() returns trigger language plpgsql as $$
begin
    insert into trip_changes (trip_id) select id from trips where driver_id = new.id and status = 'open';
    return null;
end
$$;

-- Deferred: trips that are published while the driver's row is being changed are found at its commit.
create constraint trigger users_shown_on_trips after update of
    name, status, kyc_approved_at, rating_sum, rating_count, response_seconds_sum, response_count on users
    deferrable initially deferred for each row
    when ((old.name, old.status, old.kyc_approved_at, old.rating_sum, old.rating_count, old.response_seconds_sum,
           old.response_count)
        is distinct from (new.name, new.status, new.kyc_approved_at, new.rating_sum, new.rating_count,
           new.response_seconds_sum, new.response_count))
    execute function record_driver_changes();
