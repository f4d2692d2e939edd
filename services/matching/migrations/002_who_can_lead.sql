-- Who leads how many cases, who supports, what waits for the office, whose cases they are.
create index matchings_lead on matchings ((doc ->> 'lead')) where doc ->> 'status' = 'matched';
create index matchings_supporting on matchings using gin ((doc -> 'supporting'));
create index matchings_status on matchings ((doc ->> 'status'), (doc ->> 'respond_by'));
create index matchings_numbers on matchings using gin ((doc -> 'numbers'));
create index matchings_partner_name on matchings ((doc ->> 'partner_name'));

create table capacities (key text primary key, doc jsonb not null);

create table interests (key text primary key, doc jsonb not null);
create index interests_number on interests ((doc ->> 'number'));
create index interests_name on interests ((doc ->> 'name'));

create table lessons (key text primary key, doc jsonb not null);
create index lessons_learnt_at on lessons ((doc ->> 'learnt_at'));
