-- The journal: every message in and out, once. One row is the inbox entry, the outbox entry and the operators' record.

create table message (
    seq             bigint generated always as identity primary key,
    id              uuid        not null unique,
    direction       text        not null check (direction in ('IN', 'OUT')),
    partner         text        not null,
    key             text        not null,
    kind            text        not null,
    message_group   text,
    subject         text,
    cause           bigint references message (seq),
    body            text        not null,
    digest          bytea,
    trace           text,
    answer          text,
    state           text        not null
        check (state in ('RECEIVED', 'PENDING', 'QUEUED', 'CONFIRMED', 'PARKED', 'DISCARDED')),
    fault           text,
    last_fault      text,
    parked_at       timestamptz,
    reason_vi       text,
    reason_en       text,
    remedy_vi       text,
    remedy_en       text,
    attempts        int         not null default 0,
    releases        int         not null default 0,
    choked          int         not null default 0,
    answers         bigint,
    claimed_until   timestamptz,
    feed_position   bigint,
    created_at      timestamptz not null default clock_timestamp(),
    pended_at       timestamptz,
    queued_at       timestamptz,
    closed_at       timestamptz,
    unique (partner, direction, key),
    check (direction = 'IN' or message_group is not null),
    check (state <> 'PARKED' or fault is not null)
);
-- What waits in an outage is counted from its index alone, as long as the pages are known to be visible to all; and what is
-- open turns over all the time, but is little against what is kept: the usual share of the table would never be reached.
alter table message set (
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 50000,
    autovacuum_analyze_scale_factor = 0.005, autovacuum_vacuum_scale_factor = 0.01);
create index message_pending on message (partner, seq) where state = 'PENDING';
create index message_pended on message (partner, pended_at) where state = 'PENDING' and pended_at is not null;
create index message_open_group on message (partner, message_group, seq)
    where direction = 'OUT' and state in ('PENDING', 'QUEUED', 'PARKED');
create index message_parked on message (seq) where state = 'PARKED';
create index message_parked_group on message (partner, direction, kind, fault) include (parked_at, message_group)
    where state = 'PARKED';
create index message_failed on message (seq) where last_fault is not null;
create index message_mended on message (partner, direction, kind, last_fault, closed_at)
    where last_fault is not null and state in ('RECEIVED', 'CONFIRMED', 'DISCARDED');
create index message_queued on message (partner, queued_at) where state = 'QUEUED';
create index message_created on message (created_at);
create index message_heard on message (partner, seq) where direction = 'IN';
create index message_carried on message (partner, (answer::jsonb ->> 'recordedAt'))
    where direction = 'IN' and kind like 'carrier.%';
create index message_subject on message (subject, seq);
create index message_group_seq on message (message_group, seq);
create unique index message_feed on message (partner, feed_position) where feed_position is not null;

comment on table message is 'Every message in and out, once. Never deleted before its retention ends; never edited but for its state.';
comment on column message.seq is 'Order of acceptance. Within one group it is the order of commit, because a group is written under its lock.';
comment on column message.id is 'Stable id: JMS duplicate detection, webhook-id, Idempotency-Key towards the partner.';
comment on column message.partner is 'Who said it (IN) or is to be told (OUT).';
comment on column message.key is 'Idempotency key. IN: the sender''s own id. OUT: derived from what it tells.';
comment on column message.kind is 'What it is, e.g. portal.request, progress.';
comment on column message.message_group is 'What stays in order towards one partner: the dossier''s id. IN: what it turned out to be about, or, while it is parked, names; null when that is not one.';
comment on column message.subject is 'The one code an operator may see and search by: a dossier code. No personal data.';
comment on column message.cause is 'The IN message whose transaction wrote this OUT message.';
comment on column message.body is 'JSON. IN: as received. OUT: in our words, before translation. May hold personal data.';
comment on column message.digest is 'SHA-256 of what an IN body means, translated, in canonical form: with the body itself it tells a repeat from the same key used for something else.';
comment on column message.trace is 'OUT: where in which trace it was told, as W3C Trace Context writes it, so that its way out is in the same.';
comment on column message.answer is 'IN: the answer given, and given again to a repeat. OUT: what the partner confirmed with.';
comment on column message.state is 'IN: RECEIVED; PARKED, or DISCARDED by a person. OUT: PENDING, QUEUED, CONFIRMED (the partner said so), PARKED, DISCARDED.';
comment on column message.fault is 'Stable code of the failure that parked it.';
comment on column message.last_fault is 'The code it was parked with last; stays when it is retried, so that it is known what mended it.';
comment on column message.parked_at is 'When it was parked: IN for the first time, OUT for the last.';
comment on column message.reason_vi is 'Why it was parked, for people; no personal data.';
comment on column message.remedy_vi is 'What a person can do about it.';
comment on column message.attempts is 'How often it was carried to the partner.';
comment on column message.releases is 'How often it was handed to the broker; part of the broker''s duplicate id.';
comment on column message.choked is 'How often the partner did not answer it, but had answered others since it had not answered it before.';
comment on column message.answers is 'Of its line, when the partner last did not answer it.';
comment on column message.claimed_until is 'A node is carrying it to the partner now; nobody else may before this time.';
comment on column message.pended_at is 'When it was told again that its partner had confirmed, for the last time: how long it waits and takes is counted from then.';
comment on column message.feed_position is 'Place in the feed of a partner who fetches for himself. Given only to committed rows, one giver at a time.';

create table feed_asked (
    partner     text        primary key,
    page_at     timestamptz,
    singly_at   timestamptz
);
comment on table feed_asked is 'How a partner who fetches for himself has asked: for a page of what waits, or for what concerns one thing alone, which confirms nothing. To the minute.';

create table attempt (
    message     bigint      not null references message (seq),
    no          int         not null,
    started_at  timestamptz not null default clock_timestamp(),
    ended_at    timestamptz,
    outcome     text check (outcome in ('CONFIRMED', 'UNAVAILABLE', 'REFUSED', 'OURS')),
    detail      text,
    primary key (message, no)
);
comment on table attempt is 'Each time an OUT message was carried to its partner. No outcome: the process died, and the partner may or may not have it.';
comment on column attempt.outcome is 'Sorted by remedy: wait (UNAVAILABLE), a person looks (REFUSED), a programmer looks (OURS).';
comment on column attempt.detail is 'What the partner answered, shortened and without personal data.';

create table line (
    partner         text primary key,
    state           text        not null default 'OPEN' check (state in ('OPEN', 'HELD', 'PROBING', 'RESTING', 'PAUSED')),
    since           timestamptz not null default clock_timestamp(),
    turned_at       timestamptz not null default clock_timestamp(),
    fault           text,
    reason_vi       text,
    reason_en       text,
    paused_by       text,
    failures        int         not null default 0,
    next_probe_at   timestamptz,
    ramp            int         not null default 1 check (ramp > 0),
    answers         bigint      not null default 0
);
comment on table line is 'The way to one partner whom we carry messages to. HELD: the partner does not answer, messages wait in order. PROBING: it is tried with one message, then with more. RESTING: it is not told anything at this hour. PAUSED: an operator stopped it.';
comment on column line.since is 'Begin of the present outage, rest, pause or open time; a probe that fails does not move it, nor does a look whether the hours are others.';
comment on column line.turned_at is 'Last change of state, probes included: what was sent before it says nothing about the partner now.';
comment on column line.fault is 'Stable code of what holds it; null when it is open or paused. While it is open after a rest, until something is told: why it rested.';
comment on column line.reason_vi is 'Why it is held or paused, for people; no personal data. Of a pause both are the operator''s own words.';
comment on column line.paused_by is 'PAUSED: the account of the operator who stopped it; with the reason and since, for whoever finds it so.';
comment on column line.failures is 'Failures in a row: decides how long until the next probe. While it rests, whether it answered before.';
comment on column line.ramp is 'PROBING: how many messages may be on their way at once; one more for each confirmed, so 1, 2, 4 …';
comment on column line.answers is 'How many probes were answered: tells a partner who is down from one message he chokes on. Counted, for a clock may be put back.';

create table audit (
    seq         bigint      primary key check (seq > 0),
    at          timestamptz not null,
    by          text        not null,
    what        text        not null,
    outcome     text        not null check (outcome in ('DONE', 'REFUSED', 'FAILED')),
    kind        text        not null,
    target      text        not null,
    partner     text,
    reason      text,
    detail      text,
    previous    bytea       not null,
    digest      bytea       not null,
    stamped_from bigint,
    key         text,
    signature   bytea,
    check ((key is null) = (signature is null) and (key is null) = (stamped_from is null))
);
create index audit_target on audit (kind, target, seq)
    where outcome = 'DONE' and what not in ('FIND', 'VIEW', 'VIEW_CLEAR');
create index audit_by on audit (by, seq);
comment on table audit is 'What people did, saw and were refused. Only ever added, in one order: each row holds the hash of the one before it. No personal data.';
comment on column audit.seq is '1, 2, 3 … without a gap, given under the lock on audit_head.';
comment on column audit.by is 'User name; of what nobody signed in for, the part of the system that did it.';
comment on column audit.target is 'What it was done to, by kind: a message''s id, a partner''s id, a user name, an address of ours.';
comment on column audit.reason is 'In the person''s own words.';
comment on column audit.detail is 'Further facts, as JSON.';
comment on column audit.digest is 'SHA-256 over all columns before it, as vn.bocau.audit.AuditRow describes.';
comment on column audit.signature is 'Of the last row of each transaction, that we wrote it and those before it from stamped_from on: what somebody else puts in has none.';

create table audit_head (
    single      boolean     primary key default true check (single),
    seq         bigint      not null,
    digest      bytea       not null,
    key         text,
    signature   bytea
);
insert into audit_head (seq, digest) values (0, decode(repeat('00', 32), 'hex'));
comment on table audit_head is 'Where the record has come to, signed anew with every row: who cuts the newest rows off would have to sign.';
comment on column audit_head.key is 'SHA-256 of the public key that verifies the signature.';

create table audit_root (
    day         date        primary key,
    seq         bigint      not null,
    digest      bytea       not null,
    key         text        not null,
    signature   bytea       not null
);
comment on table audit_root is 'The last row of each day that is over, signed. A day is Vietnam''s.';

create sequence feed_position;
