-- What authors work on, apart from what readers see. An article's current revision is the greater of article.revision
-- (what was published last; 0 before the first time) and draft.revision (what was saved last).
create table draft (
    article_id bigint primary key not null references article (id),
    revision bigint not null,
    title text not null,
    fields blob not null,
    saved_at bigint not null,
    saved_by text not null,
    publish_at bigint,
    preview_token text not null unique,
    notice text
);

create index draft_due on draft (publish_at);

-- Answers already given, so that a save that is sent twice is one save.
create table draft_save (
    key text primary key not null,
    article_id bigint not null,
    revision bigint not null,
    saved_at bigint not null
);

create index draft_save_time on draft_save (saved_at);

-- `packed` holds every field, compressed; rows from before have only title and body.
alter table revision add column packed blob;
alter table revision add column saved_by text;
alter table revision add column reason text;
