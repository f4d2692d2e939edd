-- Run once by a superuser in the audit database, after the migrations: from then on no DDL reaches the log either,
-- not even its owner's (event triggers belong to superusers). Running it again changes nothing.
create or replace function refuse_ddl() returns event_trigger language plpgsql security definer as $$
declare
    touched record;
begin
    if tg_event = 'sql_drop' then
        for touched in select object_identity from pg_event_trigger_dropped_objects() loop
            if touched.object_identity ~ '(^|[ .])(entries|refuse_change\(\))($|[ .])' then
                raise exception 'the audit log is append-only: % on % is refused', tg_tag, touched.object_identity
                    using errcode = 'insufficient_privilege';
            end if;
        end loop;
    else
        for touched in select object_identity from pg_event_trigger_ddl_commands() loop
            if touched.object_identity ~ '(^|[ .])(entries|refuse_change\(\))($|[ .])' then
                raise exception 'the audit log is append-only: % on % is refused', tg_tag, touched.object_identity
                    using errcode = 'insufficient_privilege';
            end if;
        end loop;
    end if;
end $$;
drop event trigger if exists log_keeps_its_shape;
create event trigger log_keeps_its_shape on ddl_command_end
    when tag in ('ALTER TABLE', 'CREATE TRIGGER', 'ALTER TRIGGER', 'CREATE RULE', 'CREATE FUNCTION', 'ALTER FUNCTION', 'CREATE POLICY')
    execute function refuse_ddl();
alter event trigger log_keeps_its_shape enable always;
drop event trigger if exists log_is_not_dropped;
create event trigger log_is_not_dropped on sql_drop execute function refuse_ddl();
alter event trigger log_is_not_dropped enable always;
