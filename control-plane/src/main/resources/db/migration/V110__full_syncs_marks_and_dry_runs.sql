-- How far an append has read (BEH-20): the maximum of its growing column when its last run completed.
alter table sync add column high_water_mark_column text;
alter table sync add column high_water_mark text;

alter table sync_run add column full_sync_since bigint; -- the run in which a continued full sync began
alter table sync_run add column dry_run boolean not null default false;
alter table sync_run add column destination_records bigint; -- of a dry run: records in the destination before
alter table sync_run add column keeps_removed boolean not null default false; -- of a dry run: removed records get nulls
alter table sync_run add column added_records bigint; -- of a dry run: records that were not synced before

-- What the differ found out besides its counts.
alter table run_partition add column high_water_mark text;
alter table run_partition add column state_lost boolean not null default false;
alter table run_partition add column added_records bigint not null default 0;
