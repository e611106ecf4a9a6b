-- Documents by which people prove who they are and that they may drive others. A person has at most one of each type
-- that waits for a decision or was rejected, and one that is approved; one that another has taken the place of is kept
-- for a month, without its picture.
create table kyc_documents (
    id uuid constraint kyc_documents_pkey primary key,
    user_id uuid not null constraint kyc_documents_user_fkey references users (id),
    type text not null constraint kyc_documents_type_check
        check (type in ('id_card', 'driver_license', 'vehicle_registration', 'insurance', 'profile_photo')),
    status text not null default 'pending' constraint kyc_documents_status_check
        check (status in ('pending', 'under_review', 'approved', 'rejected')),
    picture_id uuid,  -- of the private picture; null once it is discarded: replaced, or 30 days after the decision
    expires_on date,  -- the last day on which it is valid; null if it never expires
    reason text constraint kyc_documents_reason_check
        check (reason in ('unreadable', 'incomplete', 'expired', 'wrong_document', 'other_person', 'other_expiry',
                          'altered', 'other')),
    note text,
    -- The first moderator who read it, and the one who decided.
    reviewed_by uuid constraint kyc_documents_reviewed_by_fkey references users (id),
    reviewed_at timestamptz,
    decided_by uuid constraint kyc_documents_decided_by_fkey references users (id),
    decided_at timestamptz,
    replaced_at timestamptz,
    reminded_at timestamptz,  -- that it expires soon
    created_at timestamptz not null,
    constraint kyc_documents_decision_check
        check ((status in ('approved', 'rejected')) = (decided_at is not null and decided_by is not null)),
    constraint kyc_documents_rejection_check check ((status = 'rejected') = (reason is not null)),
    constraint kyc_documents_replaced_check check (replaced_at is null or picture_id is null)
);
create unique index kyc_documents_approved_key on kyc_documents (user_id, type)
    where replaced_at is null and status = 'approved';
create unique index kyc_documents_other_key on kyc_documents (user_id, type)
    where replaced_at is null and status <> 'approved';
create index idx_kyc_documents_user on kyc_documents (user_id, created_at);
create index idx_kyc_documents_queue on kyc_documents (id) where replaced_at is null and decided_at is null;
create index idx_kyc_documents_decided on kyc_documents (status, id) where replaced_at is null and decided_at is not null;
create index idx_kyc_documents_purge on kyc_documents (decided_at, id) where picture_id is not null;
create index idx_kyc_documents_expiry on kyc_documents (expires_on, id)
    where replaced_at is null and reminded_at is null and status = 'approved';
create index idx_kyc_documents_replaced on kyc_documents (replaced_at) where replaced_at is not null;

-- The last day on which all documents of a driver are valid; null while one is missing. Until now, who was approved by
-- hand could publish for good, and still can.
alter table users add column documents_valid_until date;
update users set documents_valid_until = '2099-12-31' where kyc_approved_at is not null;
