-- Since when the change of a published article waits for an editor; null while its author still writes.
alter table draft add column submitted_at bigint;
