-- Records that the destination rejected too often in a row and that are left alone (docs/adr/0200). Identifiers and reasons are
-- kept only while a record is in quarantine, and identifiers of released ones until a run has heard of it.
create table quarantined_record (
    sync_id         bigint not null references sync on delete cascade,
    identifier      text not null,
    operation       text not null,
    failures        integer not null,
    last_failed_run bigint not null,
    reason          text,
    failing_since   timestamptz not null,
    created_at      timestamptz not null
);
-- an identifier may be longer than an index takes
create unique index quarantined_record_identifier on quarantined_record (sync_id, md5(identifier));
create index quarantined_record_order on quarantined_record (sync_id, created_at);

create table quarantine_release (
    sync_id    bigint not null references sync on delete cascade,
    everything boolean not null,
    identifier text not null, -- empty when everything is released
    first_run  bigint -- the first run whose plan carries it; null: none yet
);
create unique index quarantine_release_identifier on quarantine_release (sync_id, everything, md5(identifier));

alter table run_partition add column quarantined_records bigint not null default 0;
alter table sync_run add column quarantined_records bigint;
