-- The drop-off that the passenger booked, once small edits of the trip have moved dropoff_at. Until now drop-offs moved
-- with their pickup only, so that for older rows agreed_pickup_at tells it.
alter table bookings add column agreed_dropoff_at timestamptz;
