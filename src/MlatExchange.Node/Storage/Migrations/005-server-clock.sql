-- As in 001, but the time of an event is the database's own in every case, also where a client sends one: no writer can date an event back, and all drivers have one clock.
create or replace function es.mt_quick_append_events(
    p_stream varchar, p_stream_type varchar, p_tenant varchar, p_ids uuid[], p_types varchar[], p_dotnet_types varchar[], p_bodies jsonb[], p_bdatas bytea[],
    p_causation varchar[], p_correlation varchar[], p_headers jsonb[], p_users varchar[], p_timestamps timestamptz[], p_expected bigint default null)
returns bigint[] language plpgsql as $$
declare
    v_base bigint;
    v_archived boolean;
    v_count bigint := coalesce(array_length(p_ids, 1), 0);
    v_sequences bigint[];
begin
    select s.version, s.is_archived into v_base, v_archived from es.mt_streams s where s.id = p_stream for update;
    if not found then
        if p_expected is not null and p_expected <> 0 then
            raise exception 'expected version %, but the stream does not exist', p_expected using errcode = 'MT003';
        end if;
        insert into es.mt_streams (id, type, version, tenant_id) values (p_stream, p_stream_type, v_count, p_tenant) on conflict (id) do nothing;
        if not found then
            raise exception 'the stream was created by another at this moment' using errcode = 'MT003';
        end if;
        v_base := 0;
    elsif v_archived then
        raise exception 'the stream is archived' using errcode = 'MT001';
    elsif p_expected is not null and p_expected <> v_base then
        raise exception 'expected version %, found %', p_expected, v_base using errcode = 'MT003';
    else
        update es.mt_streams set version = v_base + v_count, timestamp = now() where id = p_stream;
    end if;
    with written as (
        insert into es.mt_events (seq_id, id, stream_id, version, data, bdata, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, user_name, is_archived)
        select nextval('es.mt_events_sequence'), u.id, p_stream, v_base + u.n, u.body, u.bdata, u.type, clock_timestamp(), p_tenant, u.dotnet,
               u.correlation, u.causation, u.headers, u.usr, false
        from unnest(p_ids, p_types, p_dotnet_types, p_bodies, p_bdatas, p_causation, p_correlation, p_headers, p_users)
             with ordinality as u(id, type, dotnet, body, bdata, causation, correlation, headers, usr, n)
        order by u.n
        returning seq_id)
    select array_agg(seq_id order by seq_id) into v_sequences from written;
    return array_prepend(v_base + v_count, coalesce(v_sequences, '{}'));
end $$;
