-- Parked messages whose words one person changes and another approves.

create table edit (
    id              uuid        primary key,
    message         bigint      not null references message (seq),
    original        bigint      references message (seq),
    based_on        bytea       not null,
    body            text        not null,
    difference      text        not null,
    by              text        not null,
    reason          text        not null,
    made_at         timestamptz not null default clock_timestamp(),
    state           text        not null default 'PROPOSED'
        check (state in ('PROPOSED', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'LAPSED')),
    ended_at        timestamptz,
    ended_by        text,
    ended_reason    text,
    check ((ended_at is null) = (state = 'PROPOSED')),
    check ((original is not null) = (state = 'APPROVED')),
    check (state <> 'APPROVED' or ended_by <> by)
);
create unique index edit_open on edit (message) where state = 'PROPOSED';
create index edit_message on edit (message, made_at);
create unique index edit_original on edit (original) where original is not null;
create index edit_made on edit (made_at desc, id);
comment on table edit is 'A change to what a parked message says. Approved, the message keeps its place and its key and has a new id; what it said before is a row of its own, DISCARDED under the old id.';
comment on column edit.message is 'The place in the order: whichever words hold it.';
comment on column edit.original is 'The row that keeps what was said before.';
comment on column edit.based_on is 'SHA-256 of kind and body as they were when it was proposed: approved against nothing else.';
comment on column edit.body is 'What it is to say. May hold personal data.';
comment on column edit.difference is 'JSON: path, old, now of each field, masked by the schema. No personal data.';
comment on column edit.ended_by is 'Who approved, rejected or withdrew it; of one that lapsed, who dealt with the message otherwise.';
