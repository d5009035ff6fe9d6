-- What was exchanged with each counterpart, as lists for reconciliation name it; built from the log.
create table read.exchanged_records (
    counterpart text        not null,
    ours        boolean     not null,                  -- signed here; otherwise accepted
    thread      text        not null,
    seq         bigint      not null,
    message     text        not null,                  -- digest
    record      text        not null,                  -- SHA-256 of the record string
    issued_at   timestamptz not null,                  -- the record's own instant
    rejected    boolean     not null default false,    -- the other side signed that it did not take it
    primary key (counterpart, ours, thread, seq)
);
create index exchanged_records_by_time on read.exchanged_records (counterpart, issued_at, ours, thread, seq);
create index exchanged_records_by_message on read.exchanged_records (message) where ours;

-- Lists of the other side, in the order they were accepted.
create table read.counterpart_lists (
    event_id    uuid        primary key,
    position    bigint      not null unique,
    counterpart text        not null,
    digest      text        not null,
    compared    boolean     not null default false
);
create index counterpart_lists_to_compare on read.counterpart_lists (position) where not compared;
create index counterpart_lists_newest on read.counterpart_lists (counterpart, position desc);

create table read.reconciliations (
    counterpart text        primary key,
    listed_to   timestamptz null,
    listed_at   timestamptz null,
    reported_to timestamptz null
);

create table read.reconciliation_reports (
    event_id    uuid        primary key,
    position    bigint      not null unique,
    counterpart text        not null,
    period_from timestamptz not null,
    period_to   timestamptz not null,
    told        jsonb       not null,                  -- the event
    found       integer     not null                   -- differences and gaps that are not just late
);
create index reconciliation_reports_by_period on read.reconciliation_reports (period_to desc, position desc);
