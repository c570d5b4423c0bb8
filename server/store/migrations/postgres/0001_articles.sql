-- The same tables as for SQLite; only generated numbers and bytes are spelled differently. Times are UTC milliseconds, months are yyyymm in the site's time zone,
-- truth values are 0 and 1, ids are made by the application.

-- The two-level tree: a group has no parent, a leaf has one.
create table category (
    id bigint primary key not null,
    parent_id bigint references category (id),
    position bigint not null,
    slug text not null unique,
    name text not null,
    hidden bigint not null default 0
);

create table author (
    id bigint primary key not null,
    handle text not null unique,
    name text not null
);

-- The Markdown in `body` is the truth; html, outline, plain and blocks are what the renderer of `render_version` made of it.
-- `source_path` and `source_hash` let the importer know a file again.
create table article (
    id bigint primary key not null,
    slug text not null unique,
    kind text not null,
    status text not null,
    title text not null,
    summary text not null,
    body text not null,
    html text not null,
    outline text not null,
    plain text not null,
    blocks text not null,
    words bigint not null,
    minutes bigint not null,
    category_id bigint not null references category (id),
    author_id bigint not null references author (id),
    published_at bigint not null,
    updated_at bigint not null,
    month bigint not null,
    views bigint not null default 0,
    revision bigint not null,
    cover text,
    applies_to text,
    further_reading text,
    series_name text,
    series_part bigint,
    provenance text not null,
    render_version bigint not null,
    source_path text unique,
    source_hash text
);

-- One index for each order in which lists are read.
create index article_newest on article (status, published_at desc, id desc);
create index article_views on article (status, views desc, id desc);
create index article_category on article (category_id, status, published_at desc, id desc);
create index article_author on article (author_id, status, published_at desc, id desc);
create index article_month on article (month, status, published_at desc, id desc);
create index article_series on article (series_name, series_part);

-- A tag is known by its key; other spellings and other names lead to it as aliases.
create table tag (
    key text primary key not null,
    name text not null
);

create table tag_alias (
    key text primary key not null,
    tag_key text not null references tag (key)
);

create table article_tag (
    article_id bigint not null references article (id),
    tag_key text not null references tag (key),
    position bigint not null,
    primary key (article_id, tag_key)
);

create index article_tag_key on article_tag (tag_key, article_id);

-- Every version that was ever saved.
create table revision (
    article_id bigint not null references article (id),
    number bigint not null,
    title text not null,
    body text not null,
    saved_at bigint not null,
    primary key (article_id, number)
);

-- Old addresses and where they lead now.
create table redirect (
    old_path text primary key not null,
    new_path text not null,
    created_at bigint not null
);

-- What the index has to take over, in the order of commits: written in the transaction of the article itself.
create table change_log (
    seq bigint generated always as identity primary key,
    article_id bigint not null,
    revision bigint not null,
    operation text not null,
    changed_at bigint not null
);

-- Who was counted already: one view for each visitor, article and day. Rows of past days are removed.
create table view_seen (
    day bigint not null,
    article_id bigint not null,
    visitor bigint not null,
    primary key (day, article_id, visitor)
);

-- Pictures by the hash of their content.
create table asset (
    hash text primary key not null,
    content_type text not null,
    width bigint not null,
    height bigint not null,
    data bytea not null
);

create table learning_card (
    position bigint primary key not null,
    command text not null unique,
    explanation text not null,
    applies text not null,
    caution text not null
);

create table quotation (
    position bigint primary key not null,
    text text not null unique,
    source text not null
);
