-- Who may register as what, once, until a time. `token` is the SHA-256 of what the link holds.
create table invitation (
    token text primary key not null,
    role text not null,
    expires_at bigint not null
);

-- The audit log is cut at its old end.
create index audit_at on audit (at);
create index redirect_target on redirect (new_path);
