-- no-transaction
create index concurrently idx_sessions_revoked on sessions (revoked_at) where revoked_at is not null;
