-- What a request for a trip shows of its vehicle is remembered between requests: when that changes, the open trips that
-- use it are read again. As for drivers they are only named, and found by the index of trips_no_overlap.
create function record_vehicle_changes() returns trigger language plpgsql as $$
begin
    insert into trip_changes (trip_id)
    select id from trips where driver_id = new.driver_id and vehicle_id = new.id and status = 'open';
    return null;
end
$$;

-- Deferred: trips that are published while the vehicle is being changed are found at its commit.
create constraint trigger vehicles_shown_on_trips after update of make, model, year, colour, seats, fuel on vehicles
    deferrable initially deferred for each row
    when ((old.make, old.model, old.year, old.colour, old.seats, old.fuel)
        is distinct from (new.make, new.model, new.year, new.colour, new.seats, new.fuel))
    execute function record_vehicle_changes();
