-- Which cases answer a theme, and which wait longer than was promised. Free proposals in time have no entry here.
create index cases_theme on cases ((doc ->> 'theme')) where doc ->> 'theme' is not null;
create index cases_overdue on cases ((doc ->> 'overdue')) where doc ->> 'overdue' is not null;

-- Who was accepted before, to link those who come again.
create table applicants (key text primary key, doc jsonb not null);
create index applicants_number on applicants ((doc ->> 'corporate_number'));
create index applicants_name on applicants ((doc ->> 'name'));

-- Questions at the window, without their words. Receipt numbers are those of proposals.
create table consultations (key text primary key, doc jsonb not null);
create unique index consultations_receipt on consultations ((doc ->> 'receipt_number'));

-- What sections want proposals for, and what was asked about it.
create table themes (key text primary key, doc jsonb not null);
create index themes_opens on themes ((doc ->> 'opens'));
create table theme_questions (key text primary key, doc jsonb not null);
create index theme_questions_theme on theme_questions ((doc ->> 'theme'));

-- What waits longer than was promised.
create index consultations_overdue on consultations ((doc ->> 'overdue')) where doc ->> 'overdue' is not null;
create index theme_questions_overdue on theme_questions ((doc ->> 'overdue')) where doc ->> 'overdue' is not null;
