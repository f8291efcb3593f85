-- When somebody had to see personal data behind the mask.

create table break_glass (
    id          uuid        primary key,
    by          text        not null,
    scope       text        not null,
    label       text        not null,
    reason      text        not null,
    opened_at   timestamptz not null default clock_timestamp(),
    until       timestamptz not null,
    seen_at     timestamptz,
    seen_by     text,
    check ((seen_at is null) = (seen_by is null))
);
create index break_glass_open on break_glass (by, scope, until);
create index break_glass_unseen on break_glass (opened_at) where seen_at is null;
comment on table break_glass is 'Somebody opened what is masked, for a quarter of an hour and for a reason. A data officer looks at each.';
comment on column break_glass.scope is 'The dossier''s id, or a message''s that belongs to none.';
comment on column break_glass.label is 'What the data officer reads: the dossier''s code or the message''s id.';
