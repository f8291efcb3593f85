-- Messages that are tried again together, parked ones or ones that a partner has confirmed and lost; or given up together.

create table mend (
    id              uuid        primary key,
    sort            text        not null default 'RETRY' check (sort in ('RETRY', 'REPLAY', 'DISCARD')),
    until           timestamptz check ((until is null) = (sort <> 'REPLAY')),
    by              text        not null,
    reason          text        not null,
    made_at         timestamptz not null default clock_timestamp(),
    not_before      timestamptz not null default clock_timestamp(),
    per_minute      int         not null check (per_minute between 1 and 60000),
    most_failed     int         not null check (most_failed between 0 and 100),
    state           text        not null default 'WAITING'
        check (state in ('WAITING', 'RUNNING', 'STOPPED', 'CANCELLED', 'DONE')),
    stage           int         not null default 0 check (stage between 0 and 3),
    budget          double precision not null default 1,
    beyond          bigint      not null default 0 check (beyond >= 0),
    looked_at       timestamptz,
    ended_at        timestamptz,
    ended_by        text,
    ended_reason    text,
    stopped_vi      text,
    stopped_en      text check ((stopped_en is null) = (stopped_vi is null)),
    check ((ended_at is null) = (state in ('WAITING', 'RUNNING')))
);
create index mend_open on mend (not_before) where ended_at is null;
create index mend_made on mend (made_at desc, id);
comment on table mend is 'A group of messages that is tried again, or given up: 1, 5, 20, then 100 percent of it, each part when the one before has been answered.';
comment on column mend.beyond is 'How many more were meant than one mend takes: they are as they were before.';
comment on column mend.sort is 'RETRY: of parked messages. REPLAY: of messages that the partner has confirmed before until, and lost. DISCARD: of what is parked or waits to be told, and is given up.';
comment on column mend.not_before is 'When it may begin.';
comment on column mend.most_failed is 'It stops by itself when more than this share of what was answered failed again, in percent.';
comment on column mend.stage is 'How far the ramp has come: 0 is 1 percent, 3 is all.';
comment on column mend.budget is 'How many may go right now by per_minute; grows with time, at most one second''s worth or one.';
comment on column mend.ended_reason is 'Why it was cancelled, in the person''s words.';
comment on column mend.stopped_vi is 'Why it stopped by itself; stopped_en the same in English.';

create table mend_item (
    mend            uuid        not null references mend (id),
    message         bigint      not null references message (seq),
    no              int         not null,
    state           text        not null default 'WAITING'
        check (state in ('WAITING', 'SENT', 'CONFIRMED', 'FAILED', 'LEFT', 'CONFLICT')),
    fault           text,
    sent_at         timestamptz,
    ended_at        timestamptz,
    primary key (mend, message)
);
create unique index mend_item_once on mend_item (message) where state in ('WAITING', 'SENT');
create index mend_item_next on mend_item (mend, state, no);
comment on table mend_item is 'One message of a mend. A message is in one mend at a time.';
comment on column mend_item.no is 'Its place: messages go in the order in which they were accepted.';
comment on column mend_item.state is 'CONFIRMED: the partner has said so, or it was carried out, or given up by a mend that does that. FAILED: parked again. LEFT: somebody else dealt with it, or the mend ended before its turn. CONFLICT: meanwhile its partner has heard something later of the dossier, so it was not sent.';
comment on column mend_item.fault is 'Why it was parked again, or not sent. not-told, of CONFIRMED: it was closed without a word to the partner.';
