-- What FHIR is told: one row per event of a transfer or a consultation, made from the log, never changed. The resources stand verbatim; beside them what they are found by.
create table read.audit_trail (
    position    bigint      not null primary key,      -- place in the node's log
    event_id    uuid        not null unique,           -- id of both resources
    recorded    timestamptz not null,                  -- time in the leaf
    idx         bigint      not null unique,           -- leaf
    lifecycle   text        not null,                  -- AuditEvent.type
    operation   text        not null,                  -- AuditEvent.subtype, LED 25
    kind        text        not null,                  -- AuditEvent.subtype, name of the event
    action      text        not null,
    outcome     smallint    not null,
    purpose     text        null,
    counterpart text        null,                      -- null for a consultation
    official    text        null,                      -- pseudonym
    subject     text        not null,                  -- transfer or consultation
    act         text        null,                      -- digest of the signed act
    audit       bytea       not null,
    provenance  bytea       null
);
create index audit_trail_by_time on read.audit_trail (recorded, position);
create index audit_trail_by_lifecycle on read.audit_trail (lifecycle, recorded, position);
create index audit_trail_by_operation on read.audit_trail (operation, recorded, position);
create index audit_trail_by_kind on read.audit_trail (kind, recorded, position);
create index audit_trail_by_action on read.audit_trail (action, recorded, position);
create index audit_trail_by_purpose on read.audit_trail (purpose, recorded, position);
create index audit_trail_by_counterpart on read.audit_trail (counterpart, recorded, position);
create index audit_trail_by_official on read.audit_trail (official, recorded, position) where official is not null;
create index audit_trail_by_subject on read.audit_trail (subject, recorded, position);
create index audit_trail_by_act on read.audit_trail (act, recorded, position) where act is not null;
create index audit_trail_of_failures on read.audit_trail (outcome, recorded, position) where outcome <> 0;
create index audit_trail_of_provenances on read.audit_trail (recorded, position) where provenance is not null;

-- Both tables are built anew from the log by the same projection.
truncate read.transfer_records, read.transfer_categories;
delete from read.projection where name = 'transfer-records';
