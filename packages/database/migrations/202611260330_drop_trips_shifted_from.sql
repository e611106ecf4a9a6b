-- bookings.agreed_pickup_at took its place; the release before this one neither reads nor writes it.
alter table trips drop column shifted_from;
