-- no-transaction
-- Search shows no trip of somebody who is suspended, banned or gone: a reading of all trips asks who that is.
create index concurrently idx_users_inactive on users (id) where status <> 'active';
