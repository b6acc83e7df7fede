-- Names of columns whose values are masked wherever records are shown or downloaded.
alter table source_item add column pii_columns jsonb not null default '[]';
