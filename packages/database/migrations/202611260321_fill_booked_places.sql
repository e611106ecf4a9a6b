-- Holds are what may expire and be revived; while they last, their trip keeps its places.
update bookings set pickup_lat = trips.stop_lats[from_stop + 1], pickup_lng = trips.stop_lngs[from_stop + 1],
    dropoff_lat = trips.stop_lats[to_stop + 1], dropoff_lng = trips.stop_lngs[to_stop + 1]
from trips where trips.id = bookings.trip_id and bookings.status in ('requested', 'awaiting_payment');
