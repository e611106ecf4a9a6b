-- What people upload. First a permit, with which they send one file to the object store; when they finish, the service
-- makes pictures of the file. The file is removed then, and whatever is left of a permit once it has expired.
create table uploads (
    id uuid constraint uploads_pkey primary key,
    user_id uuid constraint uploads_user_fkey references users (id),  -- null once they have left
    purpose text not null constraint uploads_purpose_check
        check (purpose in ('profile_photo', 'vehicle_photo', 'place_photo', 'kyc_document')),
    content_type text not null constraint uploads_content_type_check
        check (content_type in ('image/jpeg', 'image/png', 'image/webp')),
    bytes bigint not null constraint uploads_bytes_check check (bytes between 1 and 12000000),
    state text not null default 'permitted' constraint uploads_state_check
        check (state in ('permitted', 'finished', 'refused', 'expired')),
    -- Why it was refused, with the values that the reason speaks of: who finishes again is told the same.
    refusal text,
    refusal_values text[] not null default '{}',
    -- Until then a request is finishing it, and no other may.
    busy_until timestamptz,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    swept_at timestamptz,  -- nothing can be left of it in the store
    constraint uploads_refusal_check check ((state = 'refused') = (refusal is not null))
);
create index idx_uploads_user on uploads (user_id, created_at);
create index idx_uploads_unswept on uploads (expires_at) where swept_at is null;
create index idx_uploads_swept on uploads (swept_at) where swept_at is not null;

-- A picture has the id of its upload. As long as its objects may be stored there is a row.
create table pictures (
    id uuid constraint pictures_pkey primary key,
    owner_id uuid constraint pictures_owner_fkey references users (id),  -- null once they have left: pictures of places
    purpose text not null constraint pictures_purpose_check
        check (purpose in ('profile_photo', 'vehicle_photo', 'place_photo', 'kyc_document')),
    width integer not null,
    height integer not null,
    created_at timestamptz not null,
    claimed_at timestamptz,    -- by the feature that shows it; unclaimed ones are discarded after a day
    discarded_at timestamptz,  -- nobody names it any more: its objects are being removed, then the row
    constraint pictures_size_check check (width between 1 and 1280 and height between 1 and 1280)
);
create index idx_pictures_owner on pictures (owner_id);
create index idx_pictures_unclaimed on pictures (created_at) where claimed_at is null and discarded_at is null;
create index idx_pictures_discarded on pictures (discarded_at) where discarded_at is not null;

-- In the order shown. They take the place of users.photo_url, which nothing ever wrote.
alter table users add column photo_id uuid;
alter table vehicles add column photo_ids uuid[] not null default '{}'
    constraint vehicles_photos_check check (cardinality(photo_ids) <= 6);
alter table places add column photo_ids uuid[] not null default '{}'
    constraint places_photos_check check (cardinality(photo_ids) <= 20);

-- Search and open trips show them (as in create_trip_feed and feed_vehicle_changes). Triggers of their own, so that the
-- ones in use need no replacement under load.
create constraint trigger users_photo_shown_on_trips after update of photo_id on users
    deferrable initially deferred for each row
    when (old.photo_id is distinct from new.photo_id) execute function record_driver_changes();
create constraint trigger vehicles_photos_shown_on_trips after update of photo_ids on vehicles
    deferrable initially deferred for each row
    when (old.photo_ids is distinct from new.photo_ids) execute function record_vehicle_changes();
