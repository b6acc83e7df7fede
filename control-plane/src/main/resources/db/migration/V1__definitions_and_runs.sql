-- Everything the control plane owns. Ids are positive bigints below 2^53, so that JavaScript clients keep them exact.

create sequence organization_id_seq;
create table organization (
    id         bigint primary key default nextval('organization_id_seq'),
    name       text not null,
    created_at timestamptz not null
);

create sequence workspace_id_seq;
create table workspace (
    id                  bigint primary key default nextval('workspace_id_seq'),
    organization_id     bigint not null references organization on delete cascade,
    name                text not null,
    notification_emails jsonb not null,
    created_at          timestamptz not null,
    unique (organization_id, name)
);

create sequence api_key_id_seq;
create table api_key (
    id              bigint primary key default nextval('api_key_id_seq'),
    workspace_id    bigint not null references workspace on delete cascade,
    token_sha256    bytea not null unique,
    encrypted_token bytea not null, -- GET /workspaces/{id}/api_key must be able to give it back
    created_at      timestamptz not null
);
create index api_key_workspace on api_key (workspace_id);

create sequence source_id_seq;
create table source (
    id                      bigint primary key default nextval('source_id_seq'),
    workspace_id            bigint not null references workspace on delete cascade,
    name                    text not null,
    label                   text,
    type                    text not null,
    sync_engine             text not null,
    encrypted_settings      bytea not null,
    connection_details      jsonb not null,
    writeback_retention     integer,
    last_test               jsonb,
    tables_refreshed_at     timestamptz,
    created_at              timestamptz not null,
    updated_at              timestamptz not null
);
create index source_workspace on source (workspace_id, created_at);

-- Tables and models share one space of ids: a sync reads "a source item".
create sequence source_item_id_seq;
create table source_item (
    id                   bigint primary key default nextval('source_item_id_seq'),
    source_id            bigint not null references source on delete cascade,
    kind                 text not null check (kind in ('table', 'model')),
    table_catalog        text,
    table_schema         text,
    table_name           text,
    listed               boolean not null,
    name                 text,
    description          text,
    query                text,
    columns              jsonb,
    columns_refreshed_at timestamptz,
    created_at           timestamptz not null,
    updated_at           timestamptz not null,
    check (kind <> 'table' or (table_catalog is not null and table_schema is not null and table_name is not null)),
    check (kind <> 'model' or (name is not null and query is not null))
);
create unique index source_item_table on source_item (source_id, table_catalog, table_schema, table_name)
    where kind = 'table';
create unique index source_item_model on source_item (source_id, name) where kind = 'model';

create sequence destination_id_seq;
create table destination (
    id                   bigint primary key default nextval('destination_id_seq'),
    workspace_id         bigint not null references workspace on delete cascade,
    name                 text not null,
    type                 text not null,
    encrypted_settings   bytea not null,
    connection_details   jsonb not null,
    last_test            jsonb,
    objects_refreshed_at timestamptz,
    created_at           timestamptz not null,
    updated_at           timestamptz not null
);
create index destination_workspace on destination (workspace_id, created_at);

create sequence destination_item_id_seq;
create table destination_item (
    id             bigint primary key default nextval('destination_item_id_seq'),
    destination_id bigint not null references destination on delete cascade,
    full_name      text not null,
    definition     jsonb not null,
    listed         boolean not null,
    unique (destination_id, full_name)
);

create sequence metadata_refresh_key_seq;
create table metadata_refresh (
    refresh_key  bigint primary key default nextval('metadata_refresh_key_seq'),
    kind         text not null,
    subject_id   bigint not null,
    error        text,
    created_at   timestamptz not null,
    completed_at timestamptz
);
create index metadata_refresh_subject on metadata_refresh (kind, subject_id, refresh_key);

create sequence sync_id_seq;
create table sync (
    id                  bigint primary key default nextval('sync_id_seq'),
    workspace_id        bigint not null references workspace on delete cascade,
    source_item_id      bigint not null references source_item on delete cascade,
    destination_item_id bigint not null references destination_item on delete cascade,
    resource_identifier text not null,
    definition          jsonb not null,
    paused              boolean not null,
    after_sync_id       bigint references sync on delete set null,
    next_run_at         timestamptz,
    completed_basis     jsonb, -- what the last completed run was based on
    created_at          timestamptz not null,
    updated_at          timestamptz not null,
    unique (workspace_id, resource_identifier)
);
create index sync_workspace on sync (workspace_id, created_at);
create index sync_source_item on sync (source_item_id);
create index sync_destination_item on sync (destination_item_id);
create index sync_after on sync (after_sync_id);
create index sync_due on sync (next_run_at) where next_run_at is not null and not paused;

create sequence sync_run_id_seq;
create table sync_run (
    id                bigint primary key default nextval('sync_run_id_seq'),
    sync_id           bigint not null references sync on delete cascade,
    workspace_id      bigint not null references workspace on delete cascade,
    state             text not null
        check (state in ('queued', 'working', 'canceling', 'completed', 'failed', 'skipped')),
    canceled          boolean not null,
    cancel_reason     text,
    trigger_tag       text not null,
    trigger_detail    text not null,
    full_sync         boolean not null,
    full_sync_reasons jsonb not null,
    partitions        integer not null,
    basis             jsonb not null,
    scheduled_for     timestamptz,
    started_at        timestamptz,
    completed_at      timestamptz,
    error_code        text,
    error_message     text,
    counts            jsonb,
    created_at        timestamptz not null,
    updated_at        timestamptz not null
);
create index sync_run_sync on sync_run (sync_id, id);
-- At most one active run per sync, whatever happens (RUN-15).
create unique index sync_run_active on sync_run (sync_id) where state in ('queued', 'working', 'canceling');

-- Ends of a run, one per stage and partition: repeated reports meet the key and change nothing.
create table run_partition (
    run_id        bigint not null references sync_run on delete cascade,
    stage         text not null,
    partition     integer not null,
    state         text not null,
    counts        jsonb not null,
    error_code    text,
    error_message text,
    primary key (run_id, stage, partition)
);

create table run_progress (
    run_id    bigint not null references sync_run on delete cascade,
    stage     text not null,
    partition integer not null,
    records   bigint not null,
    primary key (run_id, stage, partition)
);

-- What the workers must hear, written in the transaction that makes it true; sent in order of id, then removed.
create sequence outbox_id_seq;
create table outbox (
    id         bigint primary key default nextval('outbox_id_seq'),
    topic      text not null,
    message_key text not null,
    message    bytea, -- Avro single-object encoding; null is a tombstone
    ensure_operations_of bigint, -- destination whose operations topic must exist before this is sent
    created_at timestamptz not null
);
