-- Whose queue a raw message came through; nothing in the message is believed. A sealed body does not compress.
alter table exchange.inbox_raw add column counterpart text not null;
alter table exchange.inbox_raw alter column body set storage external;
alter table exchange.quarantine alter column body set storage external;
create index quarantine_kept on exchange.quarantine (counterpart) where body is not null;

-- What the recipient has acknowledged of our log: the size that the next consistency proof starts from.
alter table exchange.outbox_cursor add column acknowledged bigint not null default 0;

-- The newest head of each counterpart's log that was verified here. A later one must be consistent with it.
create table exchange.peer_log (
    counterpart text   not null primary key,
    origin      text   not null,
    size        bigint not null,
    root        bytea  not null
);
