-- What happened that concerns a person, for their open pages (GET /events): which booking or trip, and what, never its
-- content. Written in the transaction of the cause, kept for seven days. No foreign key: it would lock a row of users in
-- the middle of a booking, for rows that are gone in a week.
create table user_events (
    id bigint generated always as identity constraint user_events_pkey primary key,
    user_id uuid not null,
    -- The place in the person's stream, without gaps; null until somebody reads it. Ids become visible out of order,
    -- since a transaction may commit long after it took one: a reader that goes on after an id would miss such a row.
    -- Positions are given to committed rows only, so whatever commits later comes later.
    position bigint,
    event text not null,
    subject_id uuid not null,
    what text not null,
    at timestamptz not null,
    constraint user_events_position_key unique (user_id, position),
    constraint user_events_event_check check (event in ('booking', 'trip', 'notification', 'message'))
);

-- How far a person's events have been numbered: a row for whoever has opened a stream. Its lock is the person's, so that
-- two readers do not number the same rows.
create table user_event_counts (
    user_id uuid constraint user_event_counts_pkey primary key,
    numbered bigint not null constraint user_event_counts_numbered_check check (numbered >= 0)
);

-- Numbers what these people have not seen yet, of those who have opened a stream. Writes nothing if there is nothing.
create function number_user_events(people uuid[]) returns void language plpgsql as $$
declare
    waiting uuid[];
begin
    -- Locked in one order, so that two callers do not wait for each other.
    select array_agg(locked.user_id) into waiting from (
        select c.user_id from user_event_counts c
        where c.user_id = any (people)
          and exists (select from user_events e where e.user_id = c.user_id and e.position is null)
        order by c.user_id for update) locked;
    if waiting is null then
        return;
    end if;
    -- A statement of its own: it sees what another caller has numbered while this one waited.
    with fresh as (
        select e.id, c.numbered + row_number() over (partition by e.user_id order by e.id) as position
        from user_event_counts c join user_events e on e.user_id = c.user_id and e.position is null
        where c.user_id = any (waiting))
    update user_events e set position = fresh.position from fresh where e.id = fresh.id;
    update user_event_counts c set numbered = last.position
    from (select user_id, max(position) as position from user_events where user_id = any (waiting) group by user_id) last
    where c.user_id = last.user_id and last.position > c.numbered;
end
$$;
