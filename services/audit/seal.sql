-- Run once by a superuser in the audit database, after the migrations: from then on no DDL reaches the log either,
-- not even its owner's (event triggers belong to superusers). Running it again changes nothing.
create or replace function refuse_ddl() returns event_trigger language plpgsql security definer
    set search_path = pg_catalog as $$
declare
    touched record;
    -- Names; a new name hides nothing: the tables and their guards are known by their ids as well
    of_the_log constant text := '(^|[ .])(entries|leaves|nodes|checkpoints|refuse_change\(\))($|[ .])';
    guarded oid[] := array(
        select x from pg_trigger t, unnest(array[t.oid, t.tgrelid, t.tgfoid]) x
        where t.tgname ~ '^(entries|leaves|nodes|checkpoints)_are_(kept|not_emptied)$'
    );
begin
    if tg_event = 'sql_drop' then
        for touched in select objid, object_identity from pg_event_trigger_dropped_objects() loop
            if touched.object_identity ~ of_the_log or touched.objid = any(guarded) then
                raise exception 'the audit log is append-only: % on % is refused', tg_tag, touched.object_identity
                    using errcode = 'insufficient_privilege';
            end if;
        end loop;
    else
        for touched in select objid, object_identity from pg_event_trigger_ddl_commands() loop
            if touched.object_identity ~ of_the_log or touched.objid = any(guarded) then
                raise exception 'the audit log is append-only: % on % is refused', tg_tag, touched.object_identity
                    using errcode = 'insufficient_privilege';
            end if;
        end loop;
    end if;
end $$;
drop event trigger if exists log_keeps_its_shape;
create event trigger log_keeps_its_shape on ddl_command_end
    when tag in ('ALTER TABLE', 'ALTER TRIGGER', 'ALTER FUNCTION', 'ALTER ROUTINE', 'CREATE TRIGGER', 'CREATE RULE',
                 'ALTER RULE', 'CREATE FUNCTION', 'CREATE POLICY')
    execute function refuse_ddl();
alter event trigger log_keeps_its_shape enable always;
drop event trigger if exists log_is_not_dropped;
create event trigger log_is_not_dropped on sql_drop execute function refuse_ddl();
alter event trigger log_is_not_dropped enable always;
