-- btree_gist: exclusion of overlapping bookings per passenger; pg_trgm, unaccent: place names with typos and accents.
create extension if not exists btree_gist;
create extension if not exists pg_trgm;
create extension if not exists unaccent;
