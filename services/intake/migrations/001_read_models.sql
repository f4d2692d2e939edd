-- Where each case stands, without a word of its idea.
create table cases (key text primary key, doc jsonb not null);
create unique index cases_receipt on cases ((doc ->> 'receipt_number'));

-- Receipt numbers are given out in blocks of 100, so that a process asks once for many.
create sequence receipt_numbers increment by 100;
