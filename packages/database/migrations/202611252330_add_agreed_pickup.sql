-- The pickup that the passenger booked, once small edits of the trip have moved pickup_at: how far they may still move it.
-- It takes the place of trips.shifted_from, which nobody reads any more.
alter table bookings add column agreed_pickup_at timestamptz;
