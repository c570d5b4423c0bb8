-- Where files lay that articles were imported from. A single file has no other path than the one that it is given with; by this
-- it stays the same article, from whatever folder and beside whatever other files it is imported.
create table source_file (
    place text primary key not null,
    article_id bigint not null references article (id)
);
