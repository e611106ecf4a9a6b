-- Places that people come back to. The application keeps the list of each person short.
create table favourites (
    id uuid constraint favourites_pkey primary key,
    user_id uuid not null constraint favourites_user_fkey references users (id),
    label text not null,
    lat double precision not null,
    lng double precision not null,
    created_at timestamptz not null
);
create index idx_favourites_user on favourites (user_id, id);
