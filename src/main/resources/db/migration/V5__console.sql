-- What the operators' pages keep for themselves.

create table saved_filter (
    owner       text        not null,
    name        text        not null check (length(name) between 1 and 60),
    query       text        not null,
    saved_at    timestamptz not null default clock_timestamp(),
    primary key (owner, name)
);
comment on table saved_filter is 'What somebody looks for again and again on the page of failures, under a name of their own.';
comment on column saved_filter.owner is 'User name; sandbox logins have no account.';
comment on column saved_filter.query is 'The query of the page''s address.';
