-- The tree over the entries (C2SP tlog-tiles), and every checkpoint that was signed. Rows are added and never touched.
create table leaves (
    idx      bigint primary key,  -- of the entry
    entry    bytea not null,      -- what is published of it: canonical JSON
    leaf     bytea not null,      -- its hash
    conflict bigint               -- the entry that has another body under the same id
);
create index leaves_conflicts on leaves (idx) where conflict is not null;

-- What opens the commitments of an entry. It goes with the field that it opens, once that has to be erased: then what
-- stands in the entry tells nobody anything, and the tree stays whole.
create table salts (
    idx   bigint not null,        -- of the entry
    field text not null,
    salt  bytea not null,
    primary key (idx, field)
);

create table nodes (              -- hashes of full tiles: of level 1 one for 256 leaves, and so on
    level smallint not null,
    idx   bigint not null,
    hash  bytea not null,
    primary key (level, idx)
);

create table checkpoints (
    size      bigint primary key,
    extends   bigint not null unique,  -- the size before: of two that go on from the same, one loses
    root      bytea not null,
    note      text,                    -- signed by the log; none where it has no key
    signed_at timestamptz not null
);

create trigger leaves_are_kept before update or delete on leaves for each row execute function refuse_change();
create trigger leaves_are_not_emptied before truncate on leaves for each statement execute function refuse_change();
create trigger nodes_are_kept before update or delete on nodes for each row execute function refuse_change();
create trigger nodes_are_not_emptied before truncate on nodes for each statement execute function refuse_change();
create trigger checkpoints_are_kept before update or delete on checkpoints
    for each row execute function refuse_change();
create trigger checkpoints_are_not_emptied before truncate on checkpoints
    for each statement execute function refuse_change();
alter table leaves enable always trigger leaves_are_kept;
alter table leaves enable always trigger leaves_are_not_emptied;
alter table nodes enable always trigger nodes_are_kept;
alter table nodes enable always trigger nodes_are_not_emptied;
alter table checkpoints enable always trigger checkpoints_are_kept;
alter table checkpoints enable always trigger checkpoints_are_not_emptied;
