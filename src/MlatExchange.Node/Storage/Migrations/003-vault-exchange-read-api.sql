create schema vault;
create table vault.entries (
    reference  text  not null primary key,
    key_id     text  not null,
    ciphertext bytea not null
);
alter table vault.entries alter column ciphertext set storage external; -- ciphertext does not compress
create index entries_by_key on vault.entries (key_id);

create schema exchange;
-- Messages as they came, before anything about them is believed. A row goes in the transaction that writes its effect.
create table exchange.inbox_raw (
    digest      bytea       not null primary key,   -- SHA-256 of body
    body        bytea       not null,               -- the compact JWE
    received_at timestamptz not null default now(),
    state       text        not null default 'received'
);
create index inbox_raw_by_state on exchange.inbox_raw (state, received_at);
create table exchange.quarantine (
    digest         bytea       not null primary key,
    counterpart    text        not null,            -- whose queue it came through; nothing in the message is believed
    step           integer     not null,            -- of verification, 1 to 10
    reason         text        not null,            -- a code, no content
    body           bytea       null,                -- until the key it was encrypted to is destroyed
    quarantined_at timestamptz not null default now()
);
create index quarantine_by_counterpart on exchange.quarantine (counterpart, quarantined_at);
-- How far along the log the outbox has published, per recipient.
create table exchange.outbox_cursor (
    recipient text   not null primary key,
    position  bigint not null
);

create schema read;
-- Each projection's place in the log, moved in the transaction that writes its rows.
create table read.projection (
    name     text   not null primary key,
    position bigint not null
);

create schema api;
-- Answers to calls with an Idempotency-Key, sealed under the case's key or that of the day; the request only as an HMAC under the same key.
create table api.idempotency (
    subject      text        not null,
    route        text        not null,
    key          text        not null,
    key_id       text        not null,
    request_hmac bytea       not null,
    status       integer     null,
    answer       bytea       null,
    created_at   timestamptz not null default now(),
    primary key (subject, route, key)
);
