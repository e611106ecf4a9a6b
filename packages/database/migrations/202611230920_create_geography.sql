-- Wilayas are dated data, never an enum: those of the 2026 law have powers from 2027-01-01.
create table wilayas (
    code smallint constraint wilayas_pkey primary key,
    name_fr text not null,
    name_ar text not null,
    name_en text not null,
    capital text not null,
    lat double precision not null,
    lng double precision not null,
    mother_code smallint,
    powers_from date not null
);

create table communes (
    code text constraint communes_pkey primary key,
    wilaya_code smallint not null constraint communes_wilaya_fkey references wilayas (code),
    name_fr text not null,
    name_ar text not null,
    lat double precision not null,
    lng double precision not null
);

create table places (
    id uuid constraint places_pkey primary key,
    slug text not null constraint places_slug_key unique,
    name_fr text not null,
    name_ar text not null,
    name_en text not null,
    type text not null constraint places_type_check check (type in (
        'beach', 'waterfall', 'mountain', 'desert', 'heritage', 'museum', 'food', 'viewpoint', 'park',
        'oasis', 'medina', 'lake', 'thermal_spring', 'religious', 'cave', 'canyon', 'island')),
    wilaya_code smallint not null constraint places_wilaya_fkey references wilayas (code),
    lat double precision not null,
    lng double precision not null,
    unesco boolean not null default false,
    description_fr text not null,
    description_ar text not null,
    description_en text not null,
    -- Names in the three languages, folded by geo/ (no accents, no tashkeel, lower case), for trigram search.
    folded_names text not null,
    rating_sum bigint not null default 0,
    rating_count integer not null default 0,
    popularity integer not null default 0,
    version bigint not null default 1
);
create index idx_places_geo on places using gist (point(lat, lng));
create index idx_places_type on places (type, wilaya_code);
create index idx_places_names on places using gin (folded_names gin_trgm_ops);

-- What a data file's content was when it was last loaded, so that a second load is a no-op.
create table data_loads (
    name text constraint data_loads_pkey primary key,
    sha256 text not null,
    loaded_at timestamptz not null default now()
);
