-- Run once by the database's owner. The role reads events and keeps its own checkpoints; it can write no event and change none.
create role overview login password 'change-me';
grant connect on database current_node to overview;
grant usage on schema es to overview;
grant select on es.mt_events, es.mt_streams, es.mt_events_sequence to overview;
grant select, insert, update on es.mt_event_progression, es.mt_high_water_skips to overview;
grant execute on function es.mt_mark_event_progression, es.mt_mark_progression_with_skip to overview;
create schema overview authorization overview;
create table overview.counts (type text primary key, number bigint not null);
alter table overview.counts owner to overview;
