-- Rows that were written before registers reached beyond the applicant; a rebuild of the read models finds them by name.
update measures set doc = jsonb_build_object(
    'person', null, 'person_key', null, 'aliases', '[]'::jsonb, 'address', null, 'representative', null,
    'extends_to', '[]'::jsonb, 'keys', '[]'::jsonb
) || doc where not doc ? 'keys';
update screenings set doc = jsonb_build_object('course', 'running', 'stopped', false) || doc where not doc ? 'course';
-- Entries are asked for at each decision, and seldom written: nothing waits to be brought into the index.
alter index measures_keys set (fastupdate = off);
select gin_clean_pending_list('measures_keys');
