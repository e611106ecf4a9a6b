-- Where a passenger booked to get on and off: a trip without passengers may be edited at will, and a booking that late money
-- would revive must still be for the same places.
alter table bookings
    add column pickup_lat double precision,
    add column pickup_lng double precision,
    add column dropoff_lat double precision,
    add column dropoff_lng double precision;
