-- What was reported, asked, broken and withheld in the use of a transfer, with references of items: what the record given out is made from. Built from the log like the rest.
create table read.transfer_conduct (
    transfer text not null primary key,
    conduct  json not null
);
