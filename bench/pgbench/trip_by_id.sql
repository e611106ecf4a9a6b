-- What SafarGo sends for GET /api/v1/trips/{id} of somebody unknown when it remembers the driver and the vehicle (ADR 11):
-- one statement, prepared once.
--   pgbench -n -M prepared -c 16 -j 2 -T 30 -f bench/pgbench/trip_by_id.sql     (after prepare_booking.sql)
-- Captured from safargo-api with log_statement = all. The id of trip n is n itself, since pgbench knows no uuid.
\set trip random(1, 131072)
select
    t.id, t.driver_id, t.vehicle_id, t.plate, t.status, t.stop_lats, t.stop_lngs, t.stop_labels, t.stop_communes,
    t.stop_times, t.stop_prices, t.seats, t.leg_seats_left, t.booking_mode, t.smoking, t.pets, t.music, t.talk,
    t.luggage, t.max_two_back, t.women_only, t.note, t.place_id, t.itinerary_id, t.return_trip_id,
    t.distance_m, t.duration_s, t.polyline, t.version, t.created_at
    from trips t
    where t.id = lpad(:trip, 32, '0')::uuid;
