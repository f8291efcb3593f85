create table if not exists scan (
    id uuid primary key,
    item text not null,
    code text not null,
    seq bigint not null,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null default now()
);
create index if not exists scan_item on scan (item);
create table if not exists item (
    item text primary key,
    progress text not null,
    scans integer not null
);
create table if not exists outbox (
    seq bigint generated always as identity primary key,
    id uuid not null unique,
    item text not null,
    body jsonb not null,
    created_at timestamptz not null default now(),
    confirmed_at timestamptz
);
create index if not exists outbox_open on outbox (item, seq) where confirmed_at is null;
create table if not exists told (
    id uuid primary key,
    at timestamptz not null default now()
);
