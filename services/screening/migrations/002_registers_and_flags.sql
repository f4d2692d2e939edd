-- Bodies on no register of companies, found by their name (V14).
create index measures_by_name on measures ((doc ->> 'name')) where doc ->> 'corporate_number' is null;
-- Entries by what their names have in common with others, however they are written.
create index measures_keys on measures using gin ((doc -> 'keys'));
create index measures_person on measures ((doc ->> 'person_key')) where doc ->> 'person_key' is not null;
create index measures_register on measures ((doc ->> 'register'), key);

-- Who is known to use a person that a finding is about, by company and by person (V12).
create table links (key text primary key, doc jsonb not null);
create index links_corporate_number on links ((doc ->> 'corporate_number'));
create index links_person on links ((doc ->> 'person_key'));

-- Files that registers were brought up to date from.
create table register_imports (key text primary key, doc jsonb not null);

-- Entries flagged in a screening, and those that wait for a person's word.
create table flags (key text primary key, doc jsonb not null);
create index flags_case on flags ((doc ->> 'case'));
create index flags_measure on flags ((doc ->> 'measure'));
create index flags_waiting on flags (key)
where doc ->> 'answer' is null and doc ->> 'automatic' = 'false';

-- Everybody behind a case, by corporate number: whom a new measure may stop.
create index screenings_numbers on screenings using gin ((doc -> 'numbers'));
create index screenings_live on screenings (key) where doc ->> 'status' in ('open', 'eligible');
