-- The node's transparency log. Positions and leaf indexes have no gaps and never change; readers follow the position, never the event sequence.
create schema ledger;

-- Events that are committed but not yet in the log. Filled by the trigger below for every insert, whoever does it; emptied by the sequencer alone.
create table ledger.pending (
    seq_id bigint primary key
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000);

create function ledger.note_inserted_events() returns trigger language plpgsql security definer set search_path = '' as $$
begin
    -- A tombstone of Marten's marks a burnt sequence number; it is no event of anybody's.
    insert into ledger.pending (seq_id) select i.seq_id from inserted i where i.type <> 'tombstone' order by i.seq_id;
    return null;
end $$;
revoke all on function ledger.note_inserted_events() from public;

create trigger every_event_enters_the_log after insert on es.mt_events
    referencing new table as inserted for each statement execute function ledger.note_inserted_events();

create table ledger.entries (
    position  bigint not null primary key,          -- 1, 2, 3: one order for everything on this node
    idx       bigint not null,                      -- leaf index, from 0
    event_id  uuid   not null unique,
    seq_id    bigint not null,
    leaf      bytea  not null,                      -- the bytes that were hashed, verbatim, for ever
    leaf_hash bytea  not null
);

-- Full tiles of level 0, and every tile above with as many hashes as it has. The last, partial tile of level 0 is the leaf hashes of the last entries.
create table ledger.tiles (
    level  smallint not null,
    number bigint   not null,
    hashes bytea    not null,
    primary key (level, number)
);

create table ledger.checkpoints (
    size      bigint      not null primary key,
    root      bytea       not null,
    note      text        not null,                 -- the signed note, verbatim
    signed_at timestamptz not null
);
