-- What people with power over others did: who made somebody an admin, and when. Nothing in it is ever changed.
create table audit_log (
    id uuid constraint audit_log_pkey primary key,
    at timestamptz not null,
    -- Who did it: "shell:<login>" for a command; ids of accounts when they do it in the back-office.
    actor text not null,
    action text not null,
    -- Whom or what it was done to, by id, so that it names nobody who has left.
    subject text not null,
    detail jsonb not null
);
create index idx_audit_log_subject on audit_log (subject, at);

create function audit_log_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is append-only' using errcode = '23514', constraint = 'audit_log_append_only';
end
$$;
create trigger audit_log_append_only before update or delete or truncate on audit_log
    for each statement execute function audit_log_is_append_only();
