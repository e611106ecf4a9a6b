-- no-transaction
-- The oldest due rows of a kind come out of it in order, so a dispatcher stops reading after as many as it can send.
create index concurrently idx_outbox_next on outbox (kind, available_at, id) where sent_at is null and dead_at is null;
