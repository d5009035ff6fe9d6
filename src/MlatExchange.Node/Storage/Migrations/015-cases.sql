-- What officials see in lists and what the node has still to do by itself: one row per request, received request and transfer, rebuilt from the log.
create table read.cases (
    stream      text        primary key,
    kind        text        not null check (kind in ('request', 'received', 'supplied', 'held')),
    id          text        not null,
    authority   text        not null,
    counterpart text        not null,
    instrument  text        not null,
    state       text        not null,
    has_work    boolean     not null,
    updated_at  timestamptz not null,
    position    bigint      not null
);
create index cases_by_authority on read.cases (kind, authority, position desc);
create index cases_with_work on read.cases (position) where has_work;
