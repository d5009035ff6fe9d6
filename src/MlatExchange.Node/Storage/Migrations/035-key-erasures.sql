-- The end of a data key is work of the node's own like the destruction of a transfer; and what waits for an instant is not looked at before it.
alter table read.cases drop constraint cases_kind_check;
alter table read.cases add constraint cases_kind_check check (kind in ('request', 'received', 'supplied', 'held', 'erasure'));
alter table read.cases add column not_before timestamptz null;
-- Which transfers answer a received request: each names it in its first event.
create index mlat_transfers_by_received on es.mt_events ((data ->> 'received')) where type = 'transfer.prepared.v1';
