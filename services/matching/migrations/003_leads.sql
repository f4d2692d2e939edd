-- Who leads which case, narrow enough to be counted before every offer and every answer.
create table leads (key text primary key, doc jsonb not null);
create index leads_running on leads ((doc ->> 'lead'))
    where doc ->> 'lead' is not null and doc ->> 'ended' is null;
