create table evaluations (key text primary key, doc jsonb not null);
create table theme_criteria (key text primary key, doc jsonb not null);
