-- Who listens to which kind of outbox row. Entered by each version when it starts, so that a version beside it that does
-- not know a subscriber leaves a delivery for it; taken out by the migration that follows the last version with it.
create table outbox_subscriptions (
    kind text not null,
    subscriber text not null,
    -- The first row that it receives: none that was written before anybody knew it.
    since bigint not null,
    -- Rows of this kind are told to each subscriber by a row of its own. Otherwise the row itself is the delivery: its
    -- kind has one subscriber, and that one hears no kind that others hear, too (its order would be in two places).
    shared boolean not null default false,
    constraint outbox_subscriptions_pkey primary key (kind, subscriber)
);
-- Those of the versions before this table. What they claim they mark when their own handler is done.
insert into outbox_subscriptions (kind, subscriber, since) values
    ('payment.hold', 'payments.errands', 0),
    ('payment.capture', 'payments.errands', 0),
    ('payment.capture_part', 'payments.errands', 0),
    ('payment.release', 'payments.errands', 0),
    ('payment.refund', 'payments.errands', 0),
    ('notification.deliver', 'notifications.letters', 0),
    ('code.deliver', 'notifications.codes', 0),
    ('booking.changed', 'bookings.notifier', 0),
    ('trip.cancelled', 'bookings.trip_notifier', 0),
    ('booking.no_show', 'bookings.no_shows', 0),
    ('booking.cash_due', 'bookings.late_cash', 0),
    ('dispute.changed', 'disputes.notifier', 0);

-- A delivery of its own is a row of kind 'booking.changed>bookings.notifier' under the key 'booking:1>bookings.notifier',
-- which no version takes for anything else.
alter table outbox add column event_id bigint; -- the row that it was made from
-- Whoever claimed or fanned out the row has seen to all its subscribers.
alter table outbox add column reaches_all boolean not null default false;

-- A version before this table claims the row, runs its one handler and empties the payload: the others get theirs now.
-- To be dropped when no such version runs any more.
create function fan_out_behind_old_version() returns trigger language plpgsql as $$
begin
    insert into outbox (ordering_key, kind, payload, created_at, available_at, expires_at, event_id)
    select old.ordering_key || '>' || subscriber, old.kind || '>' || subscriber, old.payload, old.created_at,
           coalesce(new.sent_at, new.dead_at), old.expires_at, old.id
    from outbox_subscriptions where kind = old.kind and since > 0 and since <= old.id order by subscriber;
    return new;
end $$;
create trigger outbox_fan_out before update of sent_at, dead_at on outbox for each row
    when (not new.reaches_all and old.event_id is null and old.sent_at is null and old.dead_at is null
          and (new.sent_at is not null or new.dead_at is not null))
    execute function fan_out_behind_old_version();
