-- One outage of a partner is one incident, however many messages wait for it and however often it comes and goes.

create table incident (
    id          bigint      generated always as identity primary key,
    partner     text        not null,
    way         text        not null default 'OUT' check (way in ('OUT', 'IN')),
    began_at    timestamptz not null,
    ended_at    timestamptz,
    fault       text,
    reason_vi   text,
    reason_en   text,
    failures    int         not null default 1,
    failures_before int     not null default 0,
    most_waited bigint      not null default 0
);
create unique index incident_open on incident (partner, way) where ended_at is null;
create index incident_began on incident (began_at desc);
comment on table incident is 'From when a partner did not answer until its line was open again, because it did or because nothing was left that it could be asked, or, IN, its feed could not be read until it was. Not answering again within ten minutes is the same one.';
comment on column incident.way is 'OUT: it does not answer what it is told. IN: what happens with it cannot be read in its feed.';
comment on column incident.failures_before is 'How many of the failures were before it last answered for a while; not 0 of one that came back.';
comment on column incident.failures is 'How often it was tried in vain.';
comment on column incident.most_waited is 'The most messages that waited for it.';
