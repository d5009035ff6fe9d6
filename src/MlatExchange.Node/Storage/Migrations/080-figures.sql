-- Statistics, counted once as the log grows: never a scan over cases. Built from the log alone; a month is that of the leaf.
create table read.figures (
    month       date    not null,
    measure     text    not null,
    instrument  text    not null,
    counterpart text    not null,
    emergency   boolean not null,
    pack        text    not null,
    code        text    not null,
    count       bigint  not null,
    primary key (month, measure, instrument, counterpart, emergency, pack, code)
);

-- Times in buckets that grow by 2 per cent; number and sum are exact.
create table read.figure_times (
    month       date    not null,
    measure     text    not null,
    instrument  text    not null,
    counterpart text    not null,
    emergency   boolean not null,
    pack        text    not null,
    bucket      integer not null,
    count       bigint  not null,
    seconds     numeric not null,
    primary key (month, measure, instrument, counterpart, emergency, pack, bucket)
);

-- The last entry of each month: what a finished period was computed at.
create table read.figure_months (
    month    date   not null primary key,
    position bigint not null
);

-- What must be remembered of a case or a transfer to count what follows in it.
create table read.figure_streams (
    stream text not null primary key,
    state  json not null
);
