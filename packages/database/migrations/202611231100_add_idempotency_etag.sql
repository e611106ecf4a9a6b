-- A replayed answer names the version that the client must give in If-Match, as the first one did.
alter table idempotency_keys add column etag text not null default '';
