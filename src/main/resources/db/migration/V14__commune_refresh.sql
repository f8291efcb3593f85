-- Refreshes of the communes by the state's list, so that every node comes to have them.

create table commune_refresh (
    seq         bigint generated always as identity primary key,
    at          timestamptz not null default clock_timestamp(),
    by          text        not null,
    communes    text        not null,
    successions text
);
comment on table commune_refresh is 'What a node wrote into its folder of reference files; the others write the newest into theirs.';
comment on column commune_refresh.by is 'User name of the administrator.';
comment on column commune_refresh.communes is 'The whole of communes.csv. Nothing personal.';
comment on column commune_refresh.successions is 'The whole of commune-successions.csv; null when the node had none of its own.';
