-- A handler that runs twice must not write its message twice: event, template and recipient name it.
alter table outbox add column dedupe_key text;
