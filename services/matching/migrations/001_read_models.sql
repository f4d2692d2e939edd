create table matchings (key text primary key, doc jsonb not null);
create index matchings_offered_to on matchings ((doc ->> 'offered_to'));
