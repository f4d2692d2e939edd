-- Mails that wait for the mail server: which fact each is about, and nothing of what it says or whom it goes to.
-- A row comes with its fact, and leaves with the fact that the mail was taken, or refused for good.
create table mails (
    key       text primary key,              -- <stream>#<name>
    doc       jsonb not null,                -- stream, version: of the fact
    attempts  integer not null default 0,
    next_at   timestamptz not null default now(),
    queued_at timestamptz not null default now()
);
create index mails_next on mails (next_at);
create index mails_queued on mails (queued_at);
