-- Refreshes of the communes by the state's list, so that every node comes to have them.

create table commune_refresh (
    seq         bigint generated always as identity primary key,
    at          timestamptz not null default clock_timestamp(),
    upon        bigint      not null unique,
    by          text        not null,
    communes    text        not null,
    successions text
);
comment on table commune_refresh is 'What a node wrote into its folder of reference files; the others write the newest into theirs.';
comment on column commune_refresh.upon is 'The refresh that its node had come up to, 0 for none: of two upon the same the second is not.';
comment on column commune_refresh.by is 'User name of the administrator.';
comment on column commune_refresh.communes is 'The whole of communes.csv. Nothing personal.';
comment on column commune_refresh.successions is 'The whole of commune-successions.csv; null when the node had none of its own.';
