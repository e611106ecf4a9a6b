-- no-transaction
create index concurrently idx_refresh_tokens_successor on refresh_tokens (replaced_at) where successor is not null;
