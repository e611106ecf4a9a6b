-- Rows that change soon after they were written find room for their next version on their own page, and then none of
-- their indexes gets an entry (HOT): a trip with each booking, a message when it is claimed. For pages to come.
alter table trips set (fillfactor = 90);
alter table outbox set (fillfactor = 50);
