-- What categories were called before they got another name or became part of another category: files to import may still
-- give these names. (Their former slugs are redirects.)
create table former_category_name (
    name text primary key not null,
    category_id bigint not null references category (id)
);
