-- A message that nobody wants after a time (a one-time code) is dropped then, and its payload with it.
alter table outbox add column expires_at timestamptz;
