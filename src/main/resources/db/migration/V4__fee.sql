-- The ledger: where every đồng is, from what is due to what its owner has. Only ever added to.

create table ledger_entry (
    seq         bigint generated always as identity primary key,
    at          timestamptz not null default clock_timestamp(),
    owner       text        not null,
    dossier     uuid        not null references dossier (id),
    leg         uuid references leg (id),
    money       text        not null check (money in ('FEE', 'POSTAGE', 'COD')),
    act         text        not null
        check (act in ('DUE', 'PAID_ONLINE', 'COLLECTED', 'SHORT', 'SURPLUS', 'HANDED_OVER', 'PAID_OVER', 'RECEIVED',
            'REFUNDED', 'BOOKED')),
    cause       text        not null,
    debit       text        not null,
    credit      text        not null check (credit <> debit),
    amount      bigint      not null check (amount <> 0)
);
create index ledger_entry_dossier on ledger_entry (dossier);
create index ledger_entry_owner on ledger_entry (owner, dossier);
create index ledger_entry_at on ledger_entry (owner, at);
create index ledger_entry_debit on ledger_entry (debit, leg);
create index ledger_entry_handed_over on ledger_entry (leg) where act = 'HANDED_OVER';
comment on table ledger_entry is 'Double entry: an amount leaves one account (credit) and comes to another (debit). What turns out otherwise is entered once more, negative (bút toán đỏ): what was entered stays.';
comment on column ledger_entry.at is 'When it was entered; what happened with it has its own time in its cause.';
comment on column ledger_entry.owner is 'Whose the money is: an agency; POST; PAYEE:<id>, a third of payees.csv.';
comment on column ledger_entry.leg is 'Null: what was paid online, which travels with no item.';
comment on column ledger_entry.act is 'DUE: the owner may ask for it. PAID_ONLINE, COLLECTED: the citizen gave it to a portal, or at the door. SHORT, SURPLUS: the door is done, and less or more was taken. HANDED_OVER: with the papers; PAID_OVER: by a remittance slip. RECEIVED: its owner says that it has it. REFUNDED: the citizen has back what was too much. BOOKED: the agency''s own statement has it, of what was paid online.';
comment on column ledger_entry.cause is 'The leg or dossier it is due for, the handling it was taken or handed over with, the slip, the difference it was closed with, the statement''s reference.';
comment on column ledger_entry.debit is 'CLAIM:<owner> what it may ask for, negative; CITIZEN what is still to be collected; SHORT:<owner> what is missing and nobody comes for; REFUND what is the citizen''s again, negative; PORTAL:<id>, POST:<office>, CARRIER:<id> who has it; TRANSIT:<owner> what it was given and has not confirmed; AGENCY:<id>, PAYEE:<id> what it has.';
comment on column ledger_entry.amount is 'In đồng.';

create table booking (
    agency      text        not null,
    dossier     uuid        not null references dossier (id),
    reference   text        not null,
    amount      bigint      not null check (amount > 0),
    day         date        not null,
    booked_by   text        not null,
    booked_at   timestamptz not null default clock_timestamp(),
    taken_back_by text,
    taken_back_at timestamptz,
    check ((taken_back_by is null) = (taken_back_at is null))
);
create unique index booking_standing on booking (dossier, agency, reference) where taken_back_at is null;
comment on table booking is 'A row of an agency''s own statement (treasury, bank): what reached it of fees paid online. The same row again is the row that is here, whichever file it comes with.';
comment on column booking.day is 'On which it was credited.';
comment on column booking.taken_back_by is 'User name of the clerk by whose word the row was wrong, or was taken back by who had paid; entered in red with it.';
comment on column booking.booked_by is 'User name of the clerk who brought the statement.';

create table carrier_word (
    leg     uuid        primary key references leg (id),
    dossier uuid        not null references dossier (id),
    owner   text        not null,
    owners  text[]      not null,
    money   text        not null check (money in ('FEE', 'POSTAGE', 'COD')),
    carrier text        not null,
    told    bigint      not null check (told >= 0),
    said    bigint      not null check (said >= 0),
    at      timestamptz not null default clock_timestamp()
);
create index carrier_word_dossier on carrier_word (dossier);
create index carrier_word_other on carrier_word (leg) where told <> said;
comment on table carrier_word is 'What an outside carrier says it took at a door, of all kinds together, beside what it had been told. Follows from the handlings that stand. The ledger holds it to what it was told.';
comment on column carrier_word.owner is 'Whose the money is of which there was most to take: as in ledger_entry.';
comment on column carrier_word.owners is 'All whose money it was told to take there: whose of them is missing, its one amount does not say.';
comment on column carrier_word.at is 'When either became another amount.';

create view ledger_posting as
    select seq, at, owner, dossier, leg, money, debit as account, amount from ledger_entry
    union all
    select seq, at, owner, dossier, leg, money, credit, -amount from ledger_entry;
comment on view ledger_posting is 'Both sides of every entry, each with its account: they sum to zero.';

create table ledger_balance (
    owner    text        not null,
    dossier  uuid        not null,
    leg      uuid,
    money    text        not null,
    account  text        not null,
    kind     text        not null generated always as (split_part(account, ':', 1)) stored,
    amount   bigint      not null,
    at       timestamptz not null,
    open     boolean     not null generated always as (amount <> 0
        and (split_part(account, ':', 1) in ('SHORT', 'REFUND', 'TRANSIT', 'PORTAL')
            or split_part(account, ':', 1) in ('POST', 'CARRIER') and money <> 'POSTAGE')) stored,
    unique nulls not distinct (dossier, leg, money, account, owner)
);
create index ledger_balance_open on ledger_balance (owner, dossier) where open;
create index ledger_balance_holder on ledger_balance (account, leg) where open;
create index ledger_balance_asked on ledger_balance (owner, dossier) where kind = 'CITIZEN' and amount <> 0;
create index ledger_balance_leg on ledger_balance (leg);
comment on table ledger_balance is 'What lies on each account of each item: the sum of ledger_posting, kept with every entry, so that what is not settled is found without reading what is.';
comment on column ledger_balance.at is 'When the last of it was entered.';
comment on column ledger_balance.open is 'Something lies where nothing is to stay: neither what its owner has or claims, nor postage in the till.';

create function keep_balance() returns trigger language plpgsql as $$
begin
    insert into ledger_balance as known (owner, dossier, leg, money, account, amount, at)
    select owner, dossier, leg, money, account, sum(amount), max(at)
    from (select owner, dossier, leg, money, debit as account, amount, at from entered
        union all
        select owner, dossier, leg, money, credit, -amount, at from entered) posting
    group by owner, dossier, leg, money, account
    order by dossier, leg, money, account, owner
    on conflict (dossier, leg, money, account, owner) do update
        set amount = known.amount + excluded.amount, at = greatest(known.at, excluded.at);
    return null;
end
$$;
create trigger ledger_entry_entered after insert on ledger_entry referencing new table as entered
    for each statement execute function keep_balance();

create table remittance (
    number          text primary key,
    owner           text        not null,
    office          text        not null,
    carrier         text,
    day             date        not null,
    made_by         text        not null,
    made_at         timestamptz not null,
    withdrawn_by    text,
    withdrawn_at    timestamptz,
    acknowledged_by text,
    acknowledged_at timestamptz,
    reference       text,
    check ((withdrawn_by is null) = (withdrawn_at is null)),
    check ((acknowledged_by is null) = (acknowledged_at is null)),
    check (withdrawn_by is null or acknowledged_by is null),
    check (made_by <> acknowledged_by),
    check ((reference is not null) = (owner like 'PAYEE:%' and acknowledged_by is not null))
);
create index remittance_owner on remittance (owner, made_at desc);
create index remittance_office on remittance (office, made_at desc);
comment on table remittance is 'A slip (bảng kê nộp tiền): what a post office, or an outside carrier, gives an agency of its fees, or a payee of its COD.';
comment on column remittance.owner is 'Whose the money is: an agency, or PAYEE:<id>.';
comment on column remittance.office is 'Code of the post office, or the carrier''s partner id.';
comment on column remittance.carrier is 'COD that an outside carrier pays the payee: its partner id; the office is that at which the items began.';
comment on column remittance.made_by is 'User name of the supervisor; the carrier, of whose slips the agency alone speaks.';
comment on column remittance.acknowledged_by is 'User name of the clerk who counted it; of a payee''s slip, of another supervisor, who has its word.';

comment on column remittance.reference is 'By what the payee confirmed: number of its receipt, or of the bank''s transfer.';

create table remittance_line (
    remittance  text   not null references remittance (number),
    no          int    not null,
    dossier     uuid   not null references dossier (id),
    leg         uuid   not null references leg (id),
    code        text   not null,
    item        text,
    act         text   not null check (act in ('HANDED_OVER', 'PAID_OVER')),
    handling    uuid,
    amount      bigint not null check (amount > 0),
    received    bigint check (received >= 0),
    primary key (remittance, no),
    check ((act = 'HANDED_OVER') = (handling is not null))
);
create index remittance_line_leg on remittance_line (leg);
create index remittance_line_handling on remittance_line (handling) where handling is not null;
comment on table remittance_line is 'One item of a slip: given with its papers, or paid out of the till, or by the carrier, with the slip.';
comment on column remittance_line.handling is 'With which it was handed over.';
comment on column remittance_line.received is 'What its owner counted, in đồng; null until it has.';

create table imbalance (
    id               uuid primary key,
    dossier          uuid        not null references dossier (id),
    leg              uuid references leg (id),
    owner            text        not null,
    money            text        not null check (money in ('FEE', 'POSTAGE', 'COD')),
    what             text        not null,
    explained_by     text,
    explained_amount bigint,
    explained_since  timestamptz,
    explained_side   text check (explained_side in ('POST', 'AGENCY')),
    settled_by       text,
    settled_amount   bigint,
    settled_since    timestamptz,
    unique nulls not distinct (dossier, leg, owner, money, what),
    check ((explained_by is null) = (explained_amount is null)),
    check ((settled_by is null) = (settled_amount is null)),
    check (settled_by is null
           or (explained_by is not null and explained_by <> settled_by and explained_amount = settled_amount))
);
comment on table imbalance is 'A difference between portal, post and agency of which somebody has spoken. One person explains it, another settles it: the table itself refuses one person alone.';
comment on column imbalance.owner is 'Whose money it is, as in ledger_entry: of one item several owners may each have a difference.';
comment on column imbalance.explained_amount is 'How much it was then, in đồng. When it is another by now, nobody has explained it.';
comment on column imbalance.explained_since is 'When the last of what makes it had been entered. One that comes anew is another, though of the same amount.';
comment on column imbalance.settled_amount is 'How much it was then. When it is another by now, it is open again.';

create table imbalance_act (
    seq         bigint generated always as identity primary key,
    imbalance   uuid        not null references imbalance (id),
    at          timestamptz not null default clock_timestamp(),
    by          text        not null,
    what        text        not null check (what in ('EXPLAINED', 'SETTLED')),
    amount      bigint      not null,
    said        text        not null
);
create index imbalance_act_imbalance on imbalance_act (imbalance);
comment on table imbalance_act is 'Everything that was said about a difference. Only ever added.';

create view owed_payee as
    select b.dossier, b.leg, substr(b.owner, 7) as payee
    from ledger_balance b
    where b.open and b.owner like 'PAYEE:%' and b.owner <> 'PAYEE:NOBODY'
    group by b.dossier, b.leg, b.owner, b.money
    having sum(b.amount) filter (where b.kind in ('POST', 'CARRIER', 'REFUND')) <> 0
        or sum(b.amount) filter (where b.kind = 'POST') * sum(b.amount) filter (where b.kind = 'CARRIER') < 0
        or bool_or(b.kind in ('SHORT', 'REFUND', 'TRANSIT') and not exists (
            select from imbalance i
            where i.dossier = b.dossier and i.leg is not distinct from b.leg and i.money = b.money and i.owner = b.owner
              and i.what = any(case b.kind when 'SHORT' then array['UNDER_COLLECTED']
                when 'REFUND' then array['OVER_COLLECTED', 'REFUNDED_TOO_MUCH'] else array['RECEIVED_OTHERWISE'] end)
              and i.settled_amount = abs(b.amount) and i.settled_since = b.at));
comment on view owed_payee is 'Thirds who have money to come, or about whose money nobody has settled a difference: they are named still.';

create function cash_in_hand(phone text, worker text, first bigint, last bigint, until timestamptz,
    begun timestamptz)
returns bigint language sql stable as $$
    with taken as (
        select s.parcel, sum(s.fee) as fee,
            sum(s.postage + s.cod) filter (where s.device = phone and s.device_seq >= first) as till
        from standing s left join leg l on l.id = s.leg
        where s.actor = worker
          and (s.device = phone and s.device_seq between first and last
            or l.kind in ('PICKUP', 'SUPPLEMENT')
              and (s.device = phone and s.device_seq < first or s.device <> phone and s.recorded_at <= begun))
        group by s.parcel)
    select coalesce(sum(coalesce(t.till, 0) + greatest(0, t.fee - coalesce((
        select sum(r.remitted) from standing r
        where r.parcel = t.parcel and (r.device = phone and r.actor = worker and r.device_seq <= last
            or not (r.device = phone and r.actor = worker) and r.recorded_at <= until)), 0)
        - coalesce((select sum(e.amount) from ledger_entry e
            where e.leg::text = t.parcel and e.act in ('PAID_OVER', 'REFUNDED') and e.money = 'FEE'
              and e.credit like 'POST:%' and e.at <= until), 0))), 0)::bigint
    from taken t
$$;
comment on function cash_in_hand is 'Đồng that should be in a worker''s hands when a shift ends. The fee of papers is the agency''s: whoever took it keeps it, over shifts, until somebody hands it over with them, or the office pays it over by slip, or gives it back to the citizen. Postage, COD, and fees taken with a delivery are paid into the office''s till when the shift closes, and are no more in hand in the next. Until begun counts as well what was heard by then from the worker''s other phones; where that is null, this phone counts alone.';

create view shift_cash as
    select s.id as shift,
        cash_in_hand(s.device, s.account, s.first_seq, s.first_seq - 1, s.recorded_at,
            case when s.opened then s.recorded_at end) as opening,
        cash_in_hand(s.device, s.account, s.first_seq, coalesce(
            (select min(n.first_seq) - 1 from shift n
                where n.device = s.device and n.account = s.account
                  and (n.first_seq, n.recorded_at) > (s.first_seq, s.recorded_at)),
            9223372036854775807), coalesce(s.counted_at, now()), case when s.opened then s.recorded_at end) as expected
    from shift s;
comment on view shift_cash is 'What a shift began with and should bring, in đồng, as far as we have heard: what comes late, or was done before the next shift, belongs to it. A shift that nobody opened began with nothing of another phone.';
