-- Of the charge that was agreed, which never changes: what goes back to the passenger for seats given back and, once the
-- money is shared out, for the end of the booking; and what the driver keeps of the price of seats given back late.
alter table payments
    add column price_back bigint not null default 0,
    add column fee_back bigint not null default 0,
    add column driver_share bigint not null default 0,
    add constraint payments_back_check check (
        0 <= price_back and 0 <= driver_share and price_back + driver_share <= price
        and 0 <= fee_back and fee_back <= service_fee) not valid;
