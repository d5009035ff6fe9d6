-- One row per transfer known to this node, made from the log alone. Everything oversight reads of it stands in "record"; the columns beside it are what it is searched by.
create table read.transfer_records (
    first_position bigint      not null primary key,   -- place of the transfer's first event: the order of pages, which never changes
    transfer       text        not null unique,
    first_at       timestamptz not null,               -- time in the leaf of the first event
    direction      text        not null,
    counterpart    text        not null,
    instrument     text        null,
    state          text        not null,
    due            timestamptz null,                   -- the next thing owed; null when nothing is
    record         jsonb       not null
);
create index transfer_records_by_time on read.transfer_records (first_at);
create index transfer_records_by_direction on read.transfer_records (direction, first_position);
create index transfer_records_by_counterpart on read.transfer_records (counterpart, first_position);
create index transfer_records_by_instrument on read.transfer_records (instrument, first_position);
create index transfer_records_by_state on read.transfer_records (state, first_position);
create index transfer_records_by_due on read.transfer_records (due) where due is not null;

-- Categories, one row each, in the order of pages: a category is found by its key and never by opening lists.
create table read.transfer_categories (
    kind           text   not null,                    -- data or subject
    code           text   not null,
    first_position bigint not null,
    primary key (kind, code, first_position)
);
