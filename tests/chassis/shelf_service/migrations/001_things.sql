create table things (key text primary key, doc jsonb not null);
