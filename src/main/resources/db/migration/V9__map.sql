-- How the stretches stood, minute by minute, and which are paused.

create table sample (
    at              timestamptz not null,
    stretch         text        not null,
    partner         text        not null default '',
    per_minute      double precision,
    failed          double precision,
    depth           bigint,
    parked          bigint,
    oldest          double precision,
    oldest_dossier  double precision,
    p50             double precision,
    p95             double precision,
    state           text,
    runs            boolean,
    by              text,
    reason          text,
    since           timestamptz,
    primary key (at, stretch, partner)
);
create index sample_best on sample (stretch, per_minute);
comment on table sample is 'How a stretch of the line stood at a minute; kept for 30 days.';
comment on column sample.stretch is 'Id of the route, as in routes/; kind of the messages that came; hub in each minute in which one ran.';
comment on column sample.partner is 'Whose line; empty of what belongs to no partner.';
comment on column sample.per_minute is 'Messages that passed in the minute before; of a route how often it ran, at the node that looked.';
comment on column sample.failed is 'Of a route: how often of these not well.';
comment on column sample.depth is 'Messages that wait here.';
comment on column sample.oldest is 'Age of the oldest of these, in seconds.';
comment on column sample.oldest_dossier is 'Age of the oldest dossier of which something waits here, in seconds.';
comment on column sample.p50 is 'Seconds from acceptance, or from when it was told again, to the partner''s confirmation, of what was confirmed in the five minutes before.';
comment on column sample.state is 'Of the partner''s line, or PAUSED of a stretch that an operator stopped.';
comment on column sample.runs is 'Whether the node that looked had the route of the line.';
comment on column sample.by is 'Of a stretch or a line that an operator stopped: who did, why, and since when.';

create table stretch_pause (
    stretch     text        primary key,
    by          text        not null,
    reason      text        not null,
    since       timestamptz not null default clock_timestamp()
);
comment on table stretch_pause is 'Stretches an operator has stopped; every node follows it.';

create index message_closed on message (closed_at) include (partner, created_at, pended_at)
    where direction = 'OUT' and state = 'CONFIRMED';

create table refusal (
    minute      timestamptz not null,
    partner     text        not null,
    kind        text        not null,
    code        text        not null,
    count       bigint      not null,
    primary key (minute, partner, kind, code)
);
comment on table refusal is 'How often a partner''s door did not take something in a minute, which is kept nowhere else; kept for 30 days.';
comment on column refusal.partner is 'Who proved to be it; unknown of who did not.';
comment on column refusal.kind is 'Kind of the message; of what came to no route, or from nobody, the door.';
