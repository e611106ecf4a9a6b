-- What the text search knows: one row for each thing that people search by name, in any spelling. Filled by the loader
-- and kept by features/places.
create sequence named_places_version;

create table named_places (
    kind text not null constraint named_places_kind_check check (kind in ('place', 'commune', 'locality', 'meeting_point')),
    -- A place's slug, a commune's official code.
    code text not null,
    type text,
    wilaya_code smallint not null constraint named_places_wilaya_fkey references wilayas (code),
    lat double precision not null,
    lng double precision not null,
    weight smallint not null,
    names text[] not null,
    -- By geo/search_texts: whole names, their words, and what these sound like.
    folded_names text[] not null,
    words text not null,
    sounds text not null,
    bones text not null,
    -- Of the place's row, whose description belongs to the document too; 0 for others.
    place_version bigint not null default 0,
    -- Grows with each change of any row, so that it orders a removal and a return of the same row too.
    version bigint not null default nextval('named_places_version'),
    constraint named_places_pkey primary key (kind, code)
);
create index named_places_words on named_places using gin (words gin_trgm_ops);
create index named_places_sounds on named_places using gin (sounds gin_trgm_ops);
create index named_places_bones on named_places using gin (bones gin_trgm_ops);

-- What a search finds is kept in memory as other answers about places are.
create constraint trigger named_places_counted after insert or update or delete on named_places
    deferrable initially deferred for each row execute function count_place_changes();

-- Former names and nicknames, which people search by.
alter table places add column other_names text[] not null default '{}';

-- A few hundred rows: the lock is held for milliseconds.
create index places_descriptions on places using gin ((to_tsvector('french', description_fr)
    || to_tsvector('arabic', description_ar) || to_tsvector('english', description_en)));
