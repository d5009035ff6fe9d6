-- Transfer records again, built anew from the log: narrow rows that every filter and order has an index for, the documents that are given out beside them.
drop table read.transfer_records, read.transfer_categories;

create table read.transfer_records (
    first_position  bigint      not null primary key,  -- place of the transfer's first event
    transfer        text        not null unique,
    first_at        timestamptz not null,              -- time in the leaf of the first event: with the place, the order of pages, which never changes
    changed         bigint      not null,              -- place of the transfer's last event
    record_position bigint      not null,              -- place of the event to prove
    direction       text        not null,
    counterpart     text        not null,
    instrument      text        null,
    authority_role  text        null,
    purpose         text        null,
    state           text        not null,
    due             timestamptz null,                  -- the next thing owed; null when nothing is
    minors          boolean     not null,
    special         boolean     not null,
    emergency       boolean     not null,
    overridden      boolean     not null,
    divergent       boolean     null,                  -- null where only the other side can tell
    onward          boolean     not null,
    incident        boolean     not null,
    pseudonym       uuid        null,                  -- of the case
    case_stream     text        not null,
    codes           text[]      not null,              -- article:, condition:, data:, ground:, subject: and the code
    fetched         text[]      not null               -- references of complete items; never given out
);
create index transfer_records_by_time on read.transfer_records (first_at, first_position);
create index transfer_records_by_change on read.transfer_records (changed, first_position);
create index transfer_records_by_due on read.transfer_records (due, first_position) where due is not null;
create index transfer_records_by_direction on read.transfer_records (direction, first_at, first_position);
create index transfer_records_by_counterpart on read.transfer_records (counterpart, first_at, first_position);
create index transfer_records_by_instrument on read.transfer_records (instrument, first_at, first_position);
create index transfer_records_by_role on read.transfer_records (authority_role, first_at, first_position);
create index transfer_records_by_purpose on read.transfer_records (purpose, first_at, first_position);
create index transfer_records_by_state on read.transfer_records (state, first_at, first_position);
create index transfer_records_by_counterpart_and_state on read.transfer_records (counterpart, state, first_at, first_position);
create index transfer_records_of_minors on read.transfer_records (first_at, first_position) where minors;
create index transfer_records_of_special_categories on read.transfer_records (first_at, first_position) where special;
create index transfer_records_of_emergencies on read.transfer_records (first_at, first_position) where emergency;
create index transfer_records_of_overrides on read.transfer_records (first_at, first_position) where overridden;
create index transfer_records_of_divergences on read.transfer_records (first_at, first_position) where divergent;
create index transfer_records_of_onward on read.transfer_records (first_at, first_position) where onward;
create index transfer_records_of_incidents on read.transfer_records (first_at, first_position) where incident;
create index transfer_records_by_pseudonym on read.transfer_records (pseudonym, first_at, first_position) where pseudonym is not null;
create index transfer_records_by_case on read.transfer_records (case_stream);

-- A code is found by its key and never by opening lists.
create table read.transfer_codes (
    code           text        not null,
    first_at       timestamptz not null,
    first_position bigint      not null,
    primary key (code, first_at, first_position)
);

-- Each record as it is given out, verbatim, but for "overdue", which the instant of the answer decides.
create table read.transfer_documents (
    first_position bigint not null primary key,
    record         json   not null
);

-- What the case behind transfers tells of them.
create table read.oversight_cases (
    stream    text not null primary key,               -- request-… or received-…
    pseudonym uuid not null unique,                    -- id of the case's first event: random, and says nothing
    thread    text null,                               -- wire id of the thread between the two sides
    marks     json not null
);

truncate read.audit_trail;
delete from read.projection where name = 'transfer-records';
