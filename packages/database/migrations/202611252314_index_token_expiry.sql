-- no-transaction
create index concurrently idx_refresh_tokens_expires on refresh_tokens (expires_at);
