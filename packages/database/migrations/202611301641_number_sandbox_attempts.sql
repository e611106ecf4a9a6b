-- Apart from the change of the rules, so that the tables stay open to others while their rows are read.
alter table sandbox_charges validate constraint sandbox_charges_status_check;
alter table sandbox_faults validate constraint sandbox_faults_operation_check;
alter table sandbox_faults validate constraint sandbox_faults_outcome_check;
-- Charges that an earlier version made for a second attempt or a later one.
update sandbox_charges c set attempt = p.attempt from payments p where c.reference = p.id::text and p.attempt > 1;
