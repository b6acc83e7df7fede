-- Buckets that sync tracking is written to (BKT-1). The bucket of a workspace wins over that of its organization.
create sequence bucket_id_seq;
create table bucket (
    id                 bigint primary key default nextval('bucket_id_seq'),
    organization_id    bigint not null references organization on delete cascade,
    workspace_id       bigint references workspace on delete cascade, -- null: the organization's
    name               text not null,
    type               text not null,
    encrypted_settings bytea not null,
    connection_details jsonb not null,
    in_use             boolean not null, -- whether new runs are tracked here; earlier ones stay where they are
    last_test          jsonb,
    created_at         timestamptz not null,
    updated_at         timestamptz not null
);
create index bucket_owner on bucket (organization_id, workspace_id, created_at);
create unique index bucket_in_use_organization on bucket (organization_id) where in_use and workspace_id is null;
create unique index bucket_in_use_workspace on bucket (workspace_id) where in_use and workspace_id is not null;

-- What a customer's role asks for before Sluice may assume it; nobody chooses it (BKT-4).
alter table organization add column external_id text not null default gen_random_uuid()::text;

alter table sync_run add column bucket_id bigint; -- where the run is tracked, null for the platform's storage; may be deleted by now
alter table sync_run add column tracking_delayed_since timestamptz; -- since when tracking files wait for that bucket

-- Objects of the fact tables as they were last known: they stay listed when they are deleted (FCT-8).
create table fact (
    kind            text not null check (kind in ('source_object', 'destination', 'destination_object')),
    id              bigint not null,
    organization_id bigint not null references organization on delete cascade,
    workspace_id    bigint not null,
    parent_id       bigint, -- the source or destination it is in
    word            text not null, -- table or model; connector type; connector type of the object's destination
    name            text not null,
    label           text, -- of a destination object
    deleted         boolean not null,
    primary key (kind, id)
);
create index fact_organization on fact (organization_id, kind, id);

alter table organization add column facts_published_at timestamptz;
