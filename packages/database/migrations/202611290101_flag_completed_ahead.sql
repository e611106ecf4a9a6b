-- An older version completed bookings while their trip had not started, and captured their money; if the trip was called
-- off after that, nothing came back. Only people can say what is owed: admins find them in GET /admin/flags. The ids are
-- of version 7, as all ids are, so that they sort by time. This comes before the trips of whoever is aboard
-- are started, which would hide the others.
insert into flags (id, kind, booking_id, trip_id, created_at)
select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
           placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
           52, 1), 53, 1), 'hex')::uuid,
       'completed_ahead', b.id, b.trip_id, now()
from bookings b join trips t on t.id = b.trip_id join payments p on p.booking_id = b.id
where b.status in ('completed', 'settled')
  and (t.status in ('draft', 'open')
       or (t.status = 'cancelled' and b.completed_at < t.cancelled_at and b.completed_at < b.pickup_at
           and p.status not in ('refunded', 'cancelled', 'failed')))
on conflict (kind, booking_id) do nothing;
