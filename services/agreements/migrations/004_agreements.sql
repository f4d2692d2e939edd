create table agreements (key text primary key, doc jsonb not null);
create index agreements_term on agreements ((doc ->> 'term_to')) where doc ->> 'ended' is null;
create table agreement_projects (key text primary key, doc jsonb not null);
create index agreement_projects_agreement on agreement_projects ((doc ->> 'agreement'));
create index agreement_projects_project on agreement_projects ((doc ->> 'project'));
