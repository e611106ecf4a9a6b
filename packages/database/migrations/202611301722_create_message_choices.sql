-- Which messages a person has switched off, as words like 'bookings.sms'; no row for whoever gets all.
create table message_choices (
    user_id uuid constraint message_choices_pkey primary key
        constraint message_choices_user_id_fkey references users (id),
    switched_off text[] not null,
    changed_at timestamptz not null,
    constraint message_choices_switched_off_check check (cardinality(switched_off) <= 200)
);
