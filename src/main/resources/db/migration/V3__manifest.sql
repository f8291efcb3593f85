-- What an agency hands to the post, written down before it changes hands.

create table manifest (
    number        text primary key,
    agency        text        not null,
    office        text        not null,
    carrier       text        not null,
    made_by       text        not null,
    made_at       timestamptz not null,
    withdrawn_by  text,
    withdrawn_at  timestamptz,
    check ((withdrawn_by is null) = (withdrawn_at is null))
);
create index manifest_agency on manifest (agency, made_at desc);
comment on table manifest is 'Bảng kê bàn giao: what one agency hands to one carrier at once. What was fetched of it is derived from the handlings.';
comment on column manifest.office is 'The post office that comes for it.';
comment on column manifest.withdrawn_by is 'User name. Withdrawn before anything of it was fetched: its items go on another.';

create table manifest_item (
    manifest  text not null references manifest (number),
    no        int  not null,
    leg       uuid not null references leg (id),
    item      text not null,
    dossier   text not null,
    moved_to  text references manifest (number),
    primary key (manifest, no),
    unique (manifest, item)
);
create index manifest_item_leg on manifest_item (leg);
comment on column manifest_item.item is 'Number of the envelope when the manifest was made.';
comment on column manifest_item.dossier is 'Its first code.';
comment on column manifest_item.moved_to is 'Left behind when the others were fetched, it was entered on this one.';
