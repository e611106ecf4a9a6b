-- Answers that may be asked for again hold what only the caller may know (a boarding PIN): from here on they are sealed with
-- a key that derives from JWT_SECRET. `status`, `response` and `etag` tell a version that does not know this to let the
-- client come back. What such a version stored stays plain, is still answered, and goes with its day.
alter table idempotency_keys add column sealed text not null default '';
