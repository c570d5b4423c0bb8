-- Since when no text names a picture; null while one does, or while nobody has looked.
alter table asset_upkeep add column unused_since bigint;
