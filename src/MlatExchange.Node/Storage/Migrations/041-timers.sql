-- When time alone makes something due in a case, and the case that a transfer belongs to: what its end depends on. The list is built anew from the log.
alter table read.cases add column due timestamptz null, add column case_stream text null;
create index cases_by_due on read.cases (due) where due is not null;
create index cases_by_authority_due on read.cases (authority, due) where due is not null;
create index cases_by_case on read.cases (case_stream) where case_stream is not null;
truncate read.cases;
delete from read.projection where name = 'cases';
