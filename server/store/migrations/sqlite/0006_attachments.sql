-- Files that articles offer for download. The content is known by its SHA-256 and kept in pieces, so that a part of it
-- can be sent without reading all of it. `listing` is what an archive holds, as JSON.
create table file (
    hash text primary key not null,
    size bigint not null,
    content_type text not null,
    listing text,
    stored_at bigint not null
);

create table file_piece (
    hash text not null references file (hash),
    position bigint not null,
    data blob not null,
    primary key (hash, position)
);

create table attachment (
    id bigint primary key not null,
    article_id bigint not null references article (id),
    position bigint not null,
    hash text not null references file (hash),
    name text not null,
    licence text,
    downloads bigint not null default 0,
    unique (article_id, name)
);

create index attachment_article on attachment (article_id, position);
create index attachment_hash on attachment (hash);
