-- The event tables of Marten 9 (string stream identity, all metadata, user name, unique event id), so that its session and our own SQL work on the same rows.
-- Names and types are its contract; the function bodies are ours. Nothing of ours may become an extra column here: it would be dropped by its schema tools.
create schema es;

create table es.mt_streams (
    id          varchar     not null constraint pkey_mt_streams_id primary key,
    type        varchar     null,
    version     bigint      null,
    timestamp   timestamptz not null default now(),
    created     timestamptz not null default now(),
    tenant_id   varchar     default '*DEFAULT*',
    is_archived boolean     default false
);

create sequence es.mt_events_sequence;

create table es.mt_events (
    seq_id         bigint       not null constraint pkey_mt_events_seq_id primary key,
    id             uuid         not null,
    stream_id      varchar      null constraint fkey_mt_events_stream_id references es.mt_streams (id) on delete cascade,
    version        bigint       not null,
    data           jsonb        not null,
    bdata          bytea        null,
    type           varchar(500) not null,
    timestamp      timestamptz  not null default now(),
    tenant_id      varchar      default '*DEFAULT*',
    mt_dotnet_type varchar      null,
    correlation_id varchar      null,
    causation_id   varchar      null,
    headers        jsonb        null,
    user_name      varchar      null,
    is_archived    boolean      default false
);
create unique index pk_mt_events_stream_and_version on es.mt_events (stream_id, version);
create unique index idx_mt_events_event_id on es.mt_events (id);
alter sequence es.mt_events_sequence owned by es.mt_events.seq_id;

create table es.mt_event_progression (
    name         varchar     not null constraint pk_mt_event_progression primary key,
    last_seq_id  bigint      null,
    last_updated timestamptz default transaction_timestamp()
);

create table es.mt_high_water_skips (
    ending_sequence   bigint      not null constraint pkey_mt_high_water_skips_ending_sequence primary key,
    starting_sequence bigint      not null,
    timestamp         timestamptz not null default now()
);

create function es.mt_mark_event_progression(name varchar, last_encountered bigint) returns void language sql as $$
    insert into es.mt_event_progression as p (name, last_seq_id, last_updated) values ($1, $2, transaction_timestamp())
    on conflict on constraint pk_mt_event_progression do update set last_seq_id = excluded.last_seq_id, last_updated = excluded.last_updated
$$;

-- Moves a shard's mark over a span known to be dead, but only from where the caller saw it; answers where the mark is now.
create function es.mt_mark_progression_with_skip(shard_name varchar, ending bigint, starting bigint) returns bigint language plpgsql as $$
declare
    v_mark bigint;
begin
    select p.last_seq_id into v_mark from es.mt_event_progression p where p.name = shard_name for update;
    if v_mark is not null and v_mark <> starting then
        return v_mark;
    end if;
    perform es.mt_mark_event_progression(shard_name, ending);
    if ending > starting then
        insert into es.mt_high_water_skips (ending_sequence, starting_sequence) values (ending, starting) on conflict do nothing;
    end if;
    return ending;
end $$;

create function es.mt_archive_stream(streamid varchar) returns void language sql as $$
    update es.mt_streams set is_archived = true where id = streamid;
    update es.mt_events set is_archived = true where stream_id = streamid;
$$;

-- The signature that Marten calls by position in the mode QuickWithServerTimestamps with all metadata. The stream row is locked, so a lost race burns no sequence number.
create function es.mt_quick_append_events(
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
        select nextval('es.mt_events_sequence'), u.id, p_stream, v_base + u.n, u.body, u.bdata, u.type, coalesce(u.at, clock_timestamp()), p_tenant, u.dotnet,
               u.correlation, u.causation, u.headers, u.usr, false
        from unnest(p_ids, p_types, p_dotnet_types, p_bodies, p_bdatas, p_causation, p_correlation, p_headers, p_users, p_timestamps)
             with ordinality as u(id, type, dotnet, body, bdata, causation, correlation, headers, usr, at, n)
        order by u.n
        returning seq_id)
    select array_agg(seq_id order by seq_id) into v_sequences from written;
    return array_prepend(v_base + v_count, coalesce(v_sequences, '{}'));
end $$;
