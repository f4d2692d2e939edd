-- Every fact of every service, in the order in which it became known here. Rows are added and never touched again.
create table entries (
    idx         bigint primary key,           -- 0, 1, 2, … without a gap; given by the only writer
    received_at timestamptz not null,         -- when it became known here
    topic       text not null,
    partition   integer not null,
    "offset"    bigint not null,
    key         bytea,
    headers     bytea not null,               -- JSON: [[name, base64], …], as received
    value       bytea not null,               -- the exact bytes received
    sha256      bytea not null,               -- of value
    id          text not null unique,         -- from here on: CloudEvents attributes, for looking things up
    type        text not null,
    source      text not null,
    subject     text not null,
    version     integer not null,
    case_id     text not null,
    time        timestamptz not null,         -- when it happened
    actor       text not null,
    cause       text,
    traceparent text
);
create index entries_case on entries (case_id, idx);
create index entries_stream on entries (source, subject, version);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is append-only: % on % is refused', tg_op, tg_table_name
        using errcode = 'insufficient_privilege';
end $$;

create trigger entries_are_kept before update or delete on entries for each row execute function refuse_change();
create trigger entries_are_not_emptied before truncate on entries for each statement execute function refuse_change();
alter table entries enable always trigger entries_are_kept;
alter table entries enable always trigger entries_are_not_emptied;
