-- Smaller copies of pictures, made in the background. Their address holds the hash of the original and their width.
create table asset_variant (
    hash text not null references asset (hash),
    width bigint not null,
    height bigint not null,
    content_type text not null,
    data bytea not null,
    primary key (hash, width)
);

-- What housekeeping knows of a picture, apart from its content, so that noting it does not write the content again.
-- `variants_by` is the number of the maker of variants that has gone over it, 0 before.
create table asset_upkeep (
    hash text primary key not null references asset (hash),
    variants_by bigint not null
);

create index asset_upkeep_variants on asset_upkeep (variants_by);

insert into asset_upkeep (hash, variants_by) select hash, 0 from asset;
