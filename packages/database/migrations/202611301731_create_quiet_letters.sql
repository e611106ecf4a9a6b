-- Quiet hours, in minutes of a day in Algiers; they may pass midnight.
alter table message_choices
    add column quiet_from integer,
    add column quiet_until integer,
    add constraint message_choices_quiet_check check (
        (quiet_from is null) = (quiet_until is null)
        and quiet_from between 0 and 1439 and quiet_until between 0 and 1439 and quiet_from <> quiet_until);

-- Letters that wait for their readers' quiet hours to end: laid aside by the outbox, whose row is done then.
create table quiet_letters (
    id bigint constraint quiet_letters_pkey primary key,  -- of that row: its place in its recipient's line
    line text not null,
    user_id uuid not null,
    subject_id uuid,
    payload text not null,
    due_at timestamptz not null,
    released_at timestamptz,
    created_at timestamptz not null
);
create index quiet_letters_line_idx on quiet_letters (line, id);
create index quiet_letters_user_id_idx on quiet_letters (user_id);
create index quiet_letters_due_at_idx on quiet_letters (due_at, id);
