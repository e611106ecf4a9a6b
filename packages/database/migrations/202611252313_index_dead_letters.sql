-- no-transaction
create index concurrently idx_outbox_dead on outbox (dead_at) where dead_at is not null;
