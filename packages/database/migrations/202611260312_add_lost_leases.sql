-- How many claims in a row ended with their lease: whoever sent the row died, or lost the database. A row that kills the
-- process that sends it is recognised by it, and set aside (available_at = 'infinity') until somebody has looked.
alter table outbox add column lost_leases integer not null default 0;
