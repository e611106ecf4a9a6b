-- One spelling for one plate: its serial has six digits. Of two vehicles that hold one plate in both spellings the one that
-- has it whole keeps it, and the other stays as it is: its trips count for the plate all the same, since a trip takes the
-- plate as it is spelt today, and it meets the first when its plate is next changed. The lock keeps a second vehicle from
-- being written between the look and the update; the table is small.
lock table vehicles in share row exclusive mode;
update vehicles set plate = '0' || plate
where plate ~ '^[0-9]{5}-' and (deleted_at is not null or not exists (
    select from vehicles other where other.plate = '0' || vehicles.plate and other.deleted_at is null));
