-- What is owed in a transfer and has not been done, by the events that say so: at the holder a review or the destruction, at the supplier the certificate, at both the key. The list is built anew from the log.
alter table read.cases add column overdue text null, add column overdue_since timestamptz null;
create index cases_overdue on read.cases (kind, authority, position desc) where overdue is not null;
truncate read.cases;
delete from read.projection where name = 'cases';
