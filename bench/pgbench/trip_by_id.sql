-- What SafarGo sends for GET /api/v1/trips/{id} of somebody unknown: one statement, prepared once.
--   pgbench -n -M prepared -c 16 -j 2 -T 30 -f bench/pgbench/trip_by_id.sql     (after prepare_booking.sql)
-- Captured from safargo-api with log_statement = all. The id of trip n is n itself, since pgbench knows no uuid.
\set trip random(1, 131072)
select
    t.id, t.driver_id, t.vehicle_id, t.plate, t.status, t.stop_lats, t.stop_lngs, t.stop_labels, t.stop_communes,
    t.stop_times, t.stop_prices, t.seats, t.leg_seats_left, t.booking_mode, t.smoking, t.pets, t.music, t.talk,
    t.luggage, t.max_two_back, t.women_only, t.note, t.place_id, t.itinerary_id, t.return_trip_id,
    t.distance_m, t.duration_s, t.polyline, t.version, t.created_at,
        u.name, u.rating_sum, u.rating_count, u.kyc_approved_at is not null,
        v.make, v.model, v.year, v.colour, v.seats, v.fuel, t.driver_id is not distinct from null::uuid or exists (
        select from bookings b where b.trip_id = t.id and b.user_id = null::uuid and b.status in ('confirmed', 'boarded'))
    from trips t join users u on u.id = t.driver_id join vehicles v on v.id = t.vehicle_id
    where t.id = lpad(:trip, 32, '0')::uuid;
