create table small_contracts (key text primary key, doc jsonb not null);
create index small_contracts_partner on small_contracts ((doc ->> 'partner'), (doc ->> 'purpose'));
