-- Apart from its addition, so that the table stays open to others while its rows are read.
alter table payments validate constraint payments_back_check;
