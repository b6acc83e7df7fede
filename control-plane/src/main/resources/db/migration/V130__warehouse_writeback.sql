-- Whether the logs of a source's syncs are written into its bookkeeping schema (WWB-1).
alter table source add column writeback boolean not null default false;
