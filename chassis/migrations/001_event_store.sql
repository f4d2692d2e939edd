-- One row a stream; its lock is what orders the writers of a stream.
create table streams (
    id      text primary key,              -- <kind>/<id>
    version integer not null
) with (fillfactor = 70);

-- Every fact of this service. Rows are inserted and never touched again.
create table events (
    position     bigint generated always as identity primary key,
    xid          xid8 not null default pg_current_xact_id(),   -- for replay during writes
    stream       text not null,
    version      integer not null,
    id           text not null,
    type         text not null,
    time         timestamptz not null,
    actor        text not null,
    municipality text not null,
    cause        text,
    traceparent  text,
    body         text not null,            -- the exact JSON that is sent
    unique (stream, version)
);

-- What is still to be sent; a row leaves after Kafka has acknowledged it.
create table outbox (
    position bigint primary key,
    shard    smallint not null,
    at       timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
        autovacuum_vacuum_insert_threshold = -1, autovacuum_vacuum_cost_delay = 0);

-- Requests and facts that were acted on, so that the same one again changes nothing.
create table handled (
    request       text primary key,        -- http:<stream>:<key>, or <fact id>/<stream id>/<command>
    digest        bytea,                   -- of the command, where a person could reuse a key by mistake
    stream        text not null,
    first_version integer,                 -- null: acted on, and nothing followed
    last_version  integer,
    at            timestamptz not null default now()
);

-- Commands that become due; kept like a read model, so that they come and go with the facts that set them.
create table deadlines (
    key text primary key,                  -- <stream>#<name>
    doc jsonb not null                     -- due_at, stream, command, fields
);
create index deadlines_due on deadlines ((doc ->> 'due_at'));

-- Records that could not be acted on, and those of the same key that wait behind them.
create table dead_letters (
    topic       text not null,
    partition   integer not null,
    "offset"    bigint not null,
    key         bytea,
    headers     jsonb not null,            -- [[name, base64 or null], …]
    value       bytea,
    reason      text not null,             -- the name of what was wrong, or WaitsForEarlier
    detail      text not null,
    blocks      boolean not null,          -- later records of the key wait behind this one
    at          timestamptz not null default now(),
    replayed_at timestamptz,
    primary key (topic, partition, "offset")
);
create index dead_letters_blocking on dead_letters (key) where blocks and replayed_at is null;
