-- Where each case stands, without a word of its idea.
create table cases (key text primary key, doc jsonb not null);
create unique index cases_receipt on cases ((doc ->> 'receipt_number'));
create index cases_latest on cases ((doc ->> 'submitted_on') desc, key);

-- The proposals themselves, for the people in the office who work on them.
create table proposals (key text primary key, doc jsonb not null);

-- Receipt numbers are given out in blocks of 100, so that a process asks once for many.
create sequence receipt_numbers increment by 100;
