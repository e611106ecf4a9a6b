-- When a trip first became an offer: what is published and cancelled again counts for its day. Unknown of older trips, which
-- count for no day that is still to come.
alter table trips add column published_at timestamptz;
