-- Run after the migrations, every time: what each role may do, and nothing else. {app}, {sequencer}, {archiver}, {database} are quoted identifiers.
revoke all on database {database} from public;
grant connect on database {database} to {app}, {sequencer}, {archiver};
revoke all on all functions in schema es from public;

grant usage on schema es, vault, ledger, exchange, read, api to {app};
grant select, insert on es.mt_events to {app};
grant select, insert, update (version, timestamp) on es.mt_streams to {app};
grant select, insert, update on es.mt_event_progression, es.mt_high_water_skips to {app};
grant usage, select on sequence es.mt_events_sequence to {app};
grant execute on function es.mlat_append, es.mt_quick_append_events, es.mt_mark_event_progression, es.mt_mark_progression_with_skip to {app};
grant select, insert on vault.entries to {app};
grant select on all tables in schema ledger to {app};
grant select, insert, update, delete on all tables in schema exchange, api to {app};
grant select, insert, update, delete, truncate on all tables in schema read to {app};
grant usage, select on all sequences in schema exchange, read, api to {app};
grant select on public.mlat_migrations to {app}, {sequencer}, {archiver};

grant usage on schema es, ledger to {sequencer};
grant select on es.mt_events to {sequencer};
grant select, delete on ledger.pending to {sequencer};
grant select, insert on ledger.entries, ledger.checkpoints to {sequencer};
grant select, insert, update (hashes) on ledger.tiles to {sequencer};

grant usage on schema es, vault to {archiver};
grant select, update (is_archived) on es.mt_events, es.mt_streams to {archiver};
grant execute on function es.mt_archive_stream to {archiver};
grant select, delete on vault.entries to {archiver};
