-- no-transaction
create index concurrently idx_sessions_last_used on sessions (last_used_at);
