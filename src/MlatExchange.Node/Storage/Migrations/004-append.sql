-- One atomic group in one call, in three statements: lock and compare, look for repeats, write. The answer is a row of numbers, so that a group which loses
-- does not fail the other groups of its transaction:
--   {0, new version per stream ..., sequence per event ...}   written
--   {1, ordinal of the stream, version found}                 another version than expected; nothing written
--   {2, ordinal of the event}                                 an event with this id exists; nothing written
--   {3, ordinal of the stream}                                archived; nothing written
--   {4, ordinal of the vault entry}                           the reference exists; nothing written
-- A unique violation is raised only when another transaction wrote the same at the same moment: the caller repeats, and then gets one of the above.
-- Versions are given with the events (expected + 1, 2, 3 ...); the unique index on (stream_id, version) is the last arbiter.
create function es.mlat_append(
    p_streams varchar[], p_expected bigint[], p_final bigint[],
    p_ids uuid[], p_event_streams varchar[], p_versions bigint[], p_types varchar[], p_bodies jsonb[], p_headers jsonb[],
    p_users varchar[], p_correlations varchar[], p_causations varchar[],
    p_vault_references text[], p_vault_keys text[], p_vault_ciphertexts bytea[], p_settled bytea[])
returns bigint[] language plpgsql as $$
declare
    v_other bigint;
    v_found bigint;
    v_archived boolean;
    v_id uuid;
    v_reference text;
    v_sequences bigint[];
begin
    -- Locked in one order, so that groups over several streams do not wait for each other in a ring.
    with locked as (select s.id, s.version, s.is_archived from es.mt_streams s where s.id = any (p_streams) order by s.id for update)
    select u.n, coalesce(l.version, 0), coalesce(l.is_archived, false) into v_other, v_found, v_archived
    from unnest(p_streams, p_expected) with ordinality as u(id, expected, n) left join locked l on l.id = u.id
    where coalesce(l.version, 0) <> u.expected or l.is_archived
    order by u.n limit 1;

    select (select e.id from es.mt_events e where e.id = any (p_ids) limit 1), (select v.reference from vault.entries v where v.reference = any (p_vault_references) limit 1)
    into v_id, v_reference;

    -- Repeats first: who repeats what was written must be told so, and the versions have moved.
    if v_id is not null then
        return array[2, array_position(p_ids, v_id)];
    elsif v_archived then
        return array[3, v_other];
    elsif v_other is not null then
        return array[1, v_other, v_found];
    elsif v_reference is not null then
        return array[4, array_position(p_vault_references, v_reference)];
    end if;

    with streams as (
        insert into es.mt_streams as s (id, version) select * from unnest(p_streams, p_final)
        on conflict (id) do update set version = excluded.version, timestamp = now()),
    sealed as (
        insert into vault.entries (reference, key_id, ciphertext) select * from unnest(p_vault_references, p_vault_keys, p_vault_ciphertexts)),
    settled as (
        delete from exchange.inbox_raw r where r.digest = any (p_settled)),
    written as (
        insert into es.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, user_name, is_archived)
        select nextval('es.mt_events_sequence'), u.id, u.stream, u.version, u.body, u.type, clock_timestamp(), '*DEFAULT*', '', u.correlation, u.causation, u.headers, u.usr, false
        from unnest(p_ids, p_event_streams, p_versions, p_types, p_bodies, p_headers, p_users, p_correlations, p_causations)
             as u(id, stream, version, type, body, headers, usr, correlation, causation)
        returning seq_id)
    select array_agg(seq_id order by seq_id) into v_sequences from written;
    return 0::bigint || p_final || v_sequences;
end $$;
