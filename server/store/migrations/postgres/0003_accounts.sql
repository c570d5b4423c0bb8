-- Who signs in. An account owns an author, by which articles are its own. Words such as roles are those of `types`.
create table account (
    id bigint primary key not null,
    username text not null unique,
    password text not null,
    role text not null,
    state text not null,
    author_id bigint not null unique references author (id),
    created_at bigint not null
);

-- `token` is the SHA-256 of what the browser holds; `id` names the session to its owner.
create table session (
    token text primary key not null,
    id bigint not null unique,
    account_id bigint not null references account (id),
    created_at bigint not null,
    seen_at bigint not null,
    agent text not null,
    address text not null
);

create index session_account on session (account_id);

-- What was done, written in the transaction that did it; never changed.
create table audit (
    id bigint primary key not null,
    at bigint not null,
    actor text not null,
    action text not null,
    object text not null,
    address text not null
);

create table setting (
    name text primary key not null,
    value text not null
);
