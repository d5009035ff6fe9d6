-- One atomic group in one call. The answer is a row of numbers, so that a group which loses does not fail the other groups of its transaction:
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
    p_vault_references text[], p_vault_keys text[], p_vault_ciphertexts bytea[], p_settled bytea[],
    p_user varchar, p_correlation varchar, p_causation varchar)
returns bigint[] language plpgsql as $$
declare
    v_found bigint[] := array_fill(0::bigint, array[cardinality(p_streams)]);
    v_stream record;
    v_at int;
    v_id uuid;
    v_reference text;
    v_sequences bigint[];
begin
    -- Locked in one order, so that groups over several streams do not wait for each other in a ring.
    for v_stream in select s.id, s.version, s.is_archived from es.mt_streams s where s.id = any (p_streams) order by s.id for update loop
        v_at := array_position(p_streams, v_stream.id);
        if v_stream.is_archived then
            return array[3, v_at];
        end if;
        v_found[v_at] := v_stream.version;
    end loop;

    -- Before the versions: a repeat of what was written must be told so, and its versions have moved.
    select e.id into v_id from es.mt_events e where e.id = any (p_ids) limit 1;
    if found then
        return array[2, array_position(p_ids, v_id)];
    end if;

    if v_found is distinct from p_expected then
        for v_at in 1 .. cardinality(p_streams) loop
            if v_found[v_at] is distinct from p_expected[v_at] then
                return array[1, v_at, v_found[v_at]];
            end if;
        end loop;
    end if;

    if cardinality(p_vault_references) > 0 then
        select v.reference into v_reference from vault.entries v where v.reference = any (p_vault_references) limit 1;
        if found then
            return array[4, array_position(p_vault_references, v_reference)];
        end if;
        insert into vault.entries (reference, key_id, ciphertext) select * from unnest(p_vault_references, p_vault_keys, p_vault_ciphertexts);
    end if;
    if cardinality(p_settled) > 0 then
        delete from exchange.inbox_raw r where r.digest = any (p_settled);
    end if;

    insert into es.mt_streams as s (id, version) select * from unnest(p_streams, p_final)
    on conflict (id) do update set version = excluded.version, timestamp = now();

    with written as (
        insert into es.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, user_name, is_archived)
        select nextval('es.mt_events_sequence'), u.id, u.stream, u.version, u.body, u.type, clock_timestamp(), '*DEFAULT*', '', p_correlation, p_causation, u.headers, p_user, false
        from unnest(p_ids, p_event_streams, p_versions, p_types, p_bodies, p_headers) as u(id, stream, version, type, body, headers)
        returning seq_id)
    select array_agg(seq_id order by seq_id) into v_sequences from written;
    return 0::bigint || p_final || v_sequences;
end $$;
