create table screenings (key text primary key, doc jsonb not null);
create index screenings_status on screenings ((doc ->> 'status'));

-- Measures and findings of the registers, looked up by corporate number.
create table measures (key text primary key, doc jsonb not null);
create index measures_corporate_number on measures ((doc ->> 'corporate_number'));
