create table resource_requests (key text primary key, doc jsonb not null);
create index resource_requests_case on resource_requests ((doc ->> 'case'));
create index resource_requests_open on resource_requests ((doc ->> 'section'), (doc ->> 'answer_by')) where doc ->> 'status' = 'open';
