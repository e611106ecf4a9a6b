// The statement that SafarGo sends (features/trips/reader.cpp) for anonymous callers.
export const tripSql = `
  select t.id, t.driver_id, t.vehicle_id, t.status, t.stop_lats, t.stop_lngs, t.stop_labels, t.stop_communes,
         t.stop_times, t.stop_prices, t.seats, t.leg_seats_left, t.booking_mode, t.smoking, t.pets, t.music, t.talk,
         t.luggage, t.max_two_back, t.women_only, t.note, t.place_id, t.itinerary_id, t.return_trip_id, t.distance_m,
         t.duration_s, t.polyline, t.version, t.created_at,
         u.name, u.rating_sum, u.rating_count, u.kyc_approved_at is not null as verified,
         u.response_seconds_sum, u.response_count,
         v.make, v.model, v.year, v.colour, v.seats as vehicle_seats, v.fuel
  from trips t join users u on u.id = t.driver_id join vehicles v on v.id = t.vehicle_id
  where t.id = $1`;
