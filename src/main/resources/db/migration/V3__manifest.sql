-- What an agency hands to the post, written down before it changes hands.

create table public_key (
    id        text primary key,
    modulus   text        not null,
    exponent  text        not null,
    first_at  timestamptz not null default clock_timestamp()
);
comment on table public_key is 'Public halves of the keys that sealed manifests, so that a seal outlives its key. Delete a row to trust that key no more.';
comment on column public_key.id is 'Thumbprint (RFC 7638): kid in what it signs.';

create table manifest (
    number        text primary key,
    agency        text        not null,
    office        text        not null,
    carrier       text        not null,
    made_by       text        not null,
    made_at       timestamptz not null,
    withdrawn_by  text,
    withdrawn_at  timestamptz,
    signed_by     text,
    signed_at     timestamptz,
    signed_digest text,
    received_by   text,
    received_at   timestamptz,
    check ((signed_by is null) = (signed_at is null) and (signed_by is null) = (signed_digest is null)),
    check ((received_by is null) = (received_at is null)),
    check ((withdrawn_by is null) = (withdrawn_at is null))
);
create index manifest_agency on manifest (agency, made_at desc);
comment on table manifest is 'Bảng kê bàn giao: what one agency hands to one carrier at once. What was fetched of it is derived from the handlings.';
comment on column manifest.office is 'The post office that comes for it.';
comment on column manifest.withdrawn_by is 'User name. Withdrawn before anything of it was fetched: its items go on another.';
comment on column manifest.signed_by is 'User name of the clerk who signed it at the desk, for the agency.';
comment on column manifest.signed_digest is 'Of what was signed: number, count and items, as in the seal.';
comment on column manifest.received_by is 'User name of the postal worker who signed at the desk, too; null when it was signed on the phone or on paper.';

create table manifest_item (
    manifest  text not null references manifest (number),
    no        int  not null,
    leg       uuid not null references leg (id),
    item      text not null,
    dossier   text not null,
    moved_to  text references manifest (number),
    left_out  boolean not null default false,
    primary key (manifest, no),
    unique (manifest, item)
);
create index manifest_item_leg on manifest_item (leg);
create index manifest_item_item on manifest_item (item);
comment on column manifest_item.item is 'Number of the envelope when the manifest was made.';
comment on column manifest_item.dossier is 'Its first code.';
comment on column manifest_item.left_out is 'Reported missing, or entered elsewhere, when the postal worker signed at the desk: not signed for.';
comment on column manifest_item.moved_to is 'Left behind when the others were fetched, it was entered on this one.';

create table leg_call (
    id      uuid        primary key,
    leg     uuid        not null references leg (id),
    by      text        not null,
    at      timestamptz not null default clock_timestamp(),
    agency  text        not null,
    outcome text        not null check (outcome in ('WILL_FETCH', 'ADDRESS_GIVEN', 'CALL_LATER', 'NO_ANSWER', 'WRONG_NUMBER'))
);
create index leg_call_leg on leg_call (leg, at);
comment on table leg_call is 'An agency called the citizen about what could not be delivered. Only ever added; what was said is not kept.';

create table result_file (
    id         uuid primary key,
    agency     text        not null,
    key        text        not null,
    brought_by text        not null,
    brought_at timestamptz not null default clock_timestamp(),
    taken_as   text,
    round      int         not null default 1,
    unique (agency, key)
);
create index result_file_agency on result_file (agency, brought_at desc);
comment on table result_file is 'A file of results that an agency brought at the desk or dropped; once, by what is in it.';
comment on column result_file.key is 'Hash of what is in it; or the form by which it was sent to be judged anew.';
comment on column result_file.brought_by is 'User name, or the partner that dropped it.';
comment on column result_file.brought_at is 'For the first time.';
comment on column result_file.taken_as is 'Hash of the name it last had in a drop once it was taken there: another one is another drop of the same.';
comment on column result_file.round is 'How often it was dropped; what had stayed is judged anew each time.';

create table drop_outage (
    partner      text        not null,
    look         text        not null,
    silent_since timestamptz not null default now(),
    fault        text        not null,
    reason_vi    text        not null,
    reason_en    text        not null,
    primary key (partner, look)
);
comment on table drop_outage is 'Agencies whose dropped files cannot be taken now.';
comment on column drop_outage.look is 'What of it does not work: the route.';
comment on column drop_outage.fault is 'Stable code of what is wrong.';
comment on column drop_outage.reason_vi is 'Without personal data.';

create table result_row (
    file   uuid  not null references result_file (id),
    no     int   not null,
    said   text,
    answer text,
    round  int   not null default 1,
    primary key (file, no),
    check ((said is null) <> (answer is null))
);
create index result_row_open on result_row (file, no) where answer is null;
comment on column result_row.no is 'Of the row in the file, from 1, the headings among them.';
comment on column result_row.said is 'As mappings/desk/result.in.schema.json has it, with name and address; gone once it was judged.';
comment on column result_row.round is 'Of the file when it was last to be judged.';
comment on column result_row.answer is 'What became of it: as decisions.dispatch answers.';
