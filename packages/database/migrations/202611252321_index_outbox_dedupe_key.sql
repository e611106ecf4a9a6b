-- no-transaction
create unique index concurrently outbox_dedupe_key on outbox (dedupe_key) where dedupe_key is not null;
