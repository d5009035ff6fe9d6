-- Messages that were sent and that no receipt has spoken of. Only those that wait for longer than a moment are written here; the others are read from the log again.
create table exchange.unanswered (
    digest      text        primary key,
    counterpart text        not null,
    thread      text        not null,
    event_id    uuid        not null,
    bus_id      uuid        not null,
    signed_at   timestamptz not null
);
