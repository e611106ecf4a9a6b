-- no-transaction
-- idx_outbox_next begins with its columns.
drop index concurrently idx_outbox_due;
