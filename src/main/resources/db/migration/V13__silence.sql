-- What came from whom, hour by hour, and who is silent against what usually comes.

create table heard (
    side        text        not null check (side in ('PARTNER', 'OFFICE')),
    source      text        not null,
    kind        text        not null,
    hour        timestamptz not null,
    count       int         not null,
    primary key (side, source, kind, hour)
);
create index heard_hour on heard (hour);
comment on table heard is 'How much was accepted of one kind from one source in an hour; kept for 60 days.';
comment on column heard.side is 'PARTNER: messages of its own, and what it reports of items as their carrier. OFFICE: what its people report with their phones.';
comment on column heard.source is 'Id of the partner, code of the post office.';
comment on column heard.kind is 'Kind of the message; of what happened to items its phase (PICKUP, DELIVERY …).';

create table heard_last (
    side        text        not null,
    source      text        not null,
    kind        text        not null,
    first       timestamptz not null,
    last        timestamptz not null,
    primary key (side, source, kind)
);
comment on table heard_last is 'Since when a source says something of a kind, and when it did so last.';

create table watched (
    hour        timestamptz not null,
    stretch     text        not null,
    minutes     int         not null,
    primary key (hour, stretch)
);
comment on table watched is 'In how many minutes of an hour the hub ran (stretch empty), and in how many of these a stretch was paused, or a partner away. Nobody is silent towards a hub that does not listen, or while it is known that he is away.';
comment on column watched.stretch is 'Id of the route; of a partner''s own line line.<partner>.';

create table heard_until (
    single      boolean     primary key default true check (single),
    counted     timestamptz not null,
    judged      timestamptz not null
);
insert into heard_until (counted, judged)
values (date_trunc('day', now() - interval '30 days'), date_trunc('day', now() - interval '30 days'));
comment on table heard_until is 'Up to when it was counted what came, and up to which full hour it was judged who is silent.';

create table silence (
    id          bigint      generated always as identity primary key,
    side        text        not null,
    source      text        not null,
    kind        text        not null,
    cause       text        not null,
    since       timestamptz not null,
    usual       int         not null,
    noticed_at  timestamptz not null,
    ended_at    timestamptz
);
create unique index silence_on on silence (side, source, kind) where ended_at is null;
create index silence_noticed on silence (noticed_at desc);
comment on table silence is 'A source of which nothing came for a stretch in which usually much does; ends when something comes.';
comment on column silence.cause is 'What people are called for once: the source, or all of one side when most of it is silent at once.';
comment on column silence.since is 'When it was heard last.';
comment on column silence.usual is 'How much comes in such a stretch, as it was judged last.';

create index handling_stored on handling (stored_at);
