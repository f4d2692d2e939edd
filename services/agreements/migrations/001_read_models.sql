create table partnerships (key text primary key, doc jsonb not null);
create index partnerships_lead on partnerships ((doc ->> 'lead'));
