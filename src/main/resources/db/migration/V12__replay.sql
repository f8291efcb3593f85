-- What is told to a partner, or taken from a queue, once more from a point in time: first only looked at.

create table replay (
    id              uuid        primary key,
    sort            text        not null check (sort in ('PARTNER', 'QUEUE')),
    partner         text        not null,
    since           timestamptz not null,
    until           timestamptz not null,
    by              text        not null,
    made_at         timestamptz not null default clock_timestamp(),
    mend            uuid        unique references mend (id),
    check (since < until)
);
create index replay_made on replay (made_at desc, id);
comment on table replay is 'A dry run: what would be replayed, what is there already, what contradicts. Started, it is a mend.';
comment on column replay.sort is 'PARTNER: what we told it. QUEUE: what it put on its queue to us, as the broker has kept it.';
comment on column replay.since is 'PARTNER: what it confirmed from then on is lost to it. QUEUE: from when on the broker is asked.';
comment on column replay.until is 'PARTNER: since then it keeps again what it confirms. QUEUE: to when the broker is asked.';
comment on column replay.mend is 'What carries it out; null while it was only looked at.';

create table replay_item (
    replay          uuid        not null references replay (id),
    no              int         not null,
    message         bigint,
    key             text        not null,
    kind            text        not null,
    subject         text,
    outcome         text        not null check (outcome in ('APPLY', 'ALREADY', 'OPEN', 'CONFLICT')),
    cause           text,
    primary key (replay, no)
);
create index replay_item_outcome on replay_item (replay, outcome, no);
comment on table replay_item is 'One message of a dry run. No words of it.';
comment on column replay_item.message is 'Ours of that key; null when we have none. No reference: a dry run may not lock what it looks at.';
comment on column replay_item.outcome is 'APPLY: to be replayed. ALREADY: there. OPEN: goes by itself. CONFLICT: for a person, never replayed.';
comment on column replay_item.cause is 'Stable code of the conflict.';
