-- What the counters would say had they always counted. People are locked in the order of their ids, as everywhere.
with answered as (
    select driver_id, round(sum(extract(epoch from coalesce(accepted_at, ended_at) - created_at)))::bigint as seconds,
           count(*)::integer as answers
    from bookings where accepted_at is not null or status = 'declined' group by driver_id),
locked as (
    select id from users where id in (select driver_id from answered) order by id for no key update)
update users set response_seconds_sum = answered.seconds, response_count = answered.answers
from answered join locked on locked.id = answered.driver_id where users.id = locked.id;
