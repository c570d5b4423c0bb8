-- What readers tell about articles. `revision` is the one that the reader saw, `account_id` who was signed in, until that
-- account ends. Words such as kinds are those of `types`. `contact` is emptied some months after the case was closed.
create table feedback (
    id bigint primary key not null,
    article_id bigint not null references article (id),
    kind text not null,
    text text not null,
    contact text not null,
    revision bigint not null,
    account_id bigint references account (id),
    created_at bigint not null,
    state text not null,
    answer text not null,
    closed_by text,
    closed_at bigint
);

create index feedback_state on feedback (state, id);
create index feedback_article on feedback (article_id, state);
