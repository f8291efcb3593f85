-- What people were called for: what began and ended. What happened and has no end is a message of the journal alone.

create table alert (
    id          uuid        primary key,
    kind        text        not null check (kind in ('PARTNER_OUTAGE', 'FEED_OUTAGE', 'DROP_OUTAGE', 'UNFETCHED', 'NOTHING_MOVES', 'PARKED', 'PAUSED', 'MEND_STOPPED', 'DUE_SOON', 'OVERDUE', 'SILENCE')),
    about       text        not null,
    since       timestamptz not null,
    noticed_at  timestamptz not null default clock_timestamp(),
    ended_at    timestamptz,
    check (ended_at is null or ended_at >= noticed_at)
);
create unique index alert_on on alert (kind, about) where ended_at is null;
create index alert_noticed on alert (noticed_at);
comment on table alert is 'What people were called for, once each: from when it was noticed until it was over.';
comment on column alert.about is 'Which partner, post office, fault, stretch, mend or kind of owner, or the lines, with the time where there may be several; no personal data.';
comment on column alert.since is 'When it began, which may be before it was noticed.';

create table alert_due (
    alert       uuid        not null references alert (id),
    leg         uuid        not null references leg (id),
    act         text        not null,
    due_at      timestamptz not null,
    ended       text        check (ended in ('DONE', 'MOVED', 'LATE')),
    primary key (alert, leg, act, due_at)
);
create index alert_due_of on alert_due (leg, act, due_at);
comment on table alert_due is 'Which acts people were called for before they were late, until they have been told how it ended.';
comment on column alert_due.ended is 'DONE in time, or owed by nobody any more; MOVED to another deadline; LATE.';
