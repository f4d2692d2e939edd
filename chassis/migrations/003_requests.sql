-- A fact keeps the request it followed from, so that the history a command is decided on also says what was asked before:
-- no table beside the facts, and no index, is needed to act once. `handled` keeps the requests that nothing followed from.
alter table events
    add column request text,               -- http:<stream>:<key>, or <fact id>/<stream id>/<command>
    add column digest  bytea;              -- of the command, where a person could reuse a key by mistake

update events e set request = h.request, digest = h.digest
from handled h where e.stream = h.stream and e.version between h.first_version and h.last_version;

delete from handled where first_version is not null;
alter table handled drop column first_version, drop column last_version;
