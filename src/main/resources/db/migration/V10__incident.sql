-- One outage of a partner is one incident, however many messages wait for it.

create table incident (
    id          bigint      generated always as identity primary key,
    partner     text        not null,
    began_at    timestamptz not null,
    ended_at    timestamptz,
    reason_vi   text,
    reason_en   text,
    failures    int         not null default 1,
    most_waited bigint      not null default 0
);
create unique index incident_open on incident (partner) where ended_at is null;
create index incident_began on incident (began_at desc);
comment on table incident is 'From when a partner did not answer until its line was open again.';
comment on column incident.failures is 'How often it was tried in vain.';
comment on column incident.most_waited is 'The most messages that waited for it.';
