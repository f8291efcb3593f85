-- Dossiers, their legs, and what happened to the items. Progress is derived, never set.

create table dossier (
    id              uuid primary key,
    procedure_code  text,
    procedure_name  text,
    level           int         check (level between 1 and 4),
    channel         text        not null check (channel in ('DIRECT', 'ONLINE', 'POST')),
    filed_on        date        not null,
    agency          text        not null,
    portal          text,
    portal_ref      text,
    paid_online     boolean     not null default false,
    paid_amount     bigint      check (paid_amount >= 0),
    paid_reference  text,
    paid_at         timestamptz,
    status          int         not null default 1 check (status between 1 and 10),
    appointment     date,
    received_at     timestamptz,
    decided_at      timestamptz,
    supplement      jsonb       not null default '[]',
    papers_right    boolean,
    said_at         timestamptz,
    decide_by       timestamptz,
    before_decided  jsonb,
    created_at      timestamptz not null default clock_timestamp(),
    check ((paid_amount is null) = (paid_reference is null) and (paid_amount is null or paid_online))
);
create index dossier_agency on dossier (agency);
create index dossier_decide_by on dossier (agency, decide_by) where decide_by is not null;
create index dossier_paid on dossier (upper(paid_reference)) where paid_reference is not null;
create index dossier_procedure on dossier (procedure_code);
comment on table dossier is 'A citizen''s file at an agency. Locked (select for update) by every change to it or to its legs: that lock is what keeps its messages in order.';
comment on column dossier.procedure_code is 'Null when a one-stop named it in words we do not know; the words are in procedure_name.';
comment on column dossier.level is 'Null when only a one-stop has spoken of it. 1 information, 2 forms, 3 file online, 4 pay online (design 1).';
comment on column dossier.channel is 'How it was filed; decides the fee.';
comment on column dossier.received_at is 'When the agency took it in, as it said last.';
comment on column dossier.said_at is 'When the agency last said what becomes of the papers it has: received, refused, to be supplemented, sent on.';
comment on column dossier.decide_by is 'Until when the agency it was sent on to in no envelope has to say what becomes of it, as long as no papers that are to come ask for that; null when it has, and while nothing like that is owed.';
comment on column dossier.decided_at is 'When its result was there first.';
comment on column dossier.before_decided is 'Status, papers still asked for, and decide_by, as they were when its result was given; they hold again should that have been a mistake.';
comment on column dossier.portal is 'The partner that shows it to the citizen and is told its progress.';
comment on column dossier.portal_ref is 'The portal''s own technical id of it, when its dialect needs one (OpenCPS dossierId).';
comment on column dossier.paid_amount is 'What the portal says was paid there, in đồng; null when it only says that it was, or it was not.';
comment on column dossier.paid_reference is 'By which the portal and the treasury know that payment.';
comment on column dossier.status is 'TrangThaiHoSo 1..10 as last said by the agency; 9 to 10 by the post when the evidence is complete.';
comment on column dossier.supplement is 'Papers the agency still asks for.';
comment on column dossier.papers_right is 'What the agency said of the papers: true accepted, false refused or to supplement, null not yet said.';

create table dossier_code (
    code        text primary key,
    dossier     uuid not null references dossier (id),
    no          int  not null,
    system      text not null
);
create index dossier_code_dossier on dossier_code (dossier);
create index dossier_code_upper on dossier_code (upper(code));
comment on table dossier_code is 'A dossier has one or more codes. Opaque to us.';
comment on column dossier_code.no is 'Counts up within the dossier: the first is the one operators search by.';
comment on column dossier_code.system is 'The partner that uses this code.';

create table dossier_event (
    seq         bigint generated always as identity primary key,
    dossier     uuid not null references dossier (id),
    code        text not null,
    vi          text not null,
    en          text not null,
    happened_at timestamptz not null,
    recorded_at timestamptz not null
);
create index dossier_event_dossier on dossier_event (dossier, seq);
comment on table dossier_event is 'What its portal was told of a dossier beside the handlings: the agency''s words, the status that became 10 or 9 again, and what the citizen asked for too late.';
comment on column dossier_event.code is 'RECEIVED, REFUSED, SUPPLEMENT_ASKED, TRANSFERRED, RETURNED_RESULT, RETURN_VOIDED, ADDRESS_TOO_LATE, DAY_TOO_LATE or OFFICE_TOO_LATE.';

create table identity_salt (
    salt     text primary key,
    dossier  uuid not null references dossier (id) deferrable initially deferred
);
comment on table identity_salt is 'A salt is one dossier''s: under one salt, two hashes would tell who has both.';

create table item_pool (
    id          int generated always as identity primary key,
    carrier     text not null,
    service     text not null check (service ~ '^[A-Z]{2}$'),
    first       int  not null check (first between 0 and 99999999),
    last        int  not null check (last between 0 and 99999999),
    next        int  not null,
    warn_below  int  not null default 1000,
    unique (carrier, service, first),
    check (first <= last and next between first and last + 1)
);
comment on table item_pool is 'Serial numbers a carrier gave us for item identifiers (UPU S10). Drawn under a row lock, never given twice.';

create table leg (
    id              uuid primary key,
    dossier         uuid        not null references dossier (id),
    no              int         not null,
    kind            text        not null
        check (kind in ('PICKUP', 'SUPPLEMENT', 'RESULT', 'ORIGINALS_BACK', 'TRANSFER', 'RETURN')),
    item            text,
    carrier         text        not null,
    from_office     text        not null,
    to_office       text        not null,
    agency          text        not null,
    to_agency       text,
    sender          jsonb       not null,
    receiver        jsonb       not null,
    papers          jsonb       not null default '[]',
    fee_asked       bigint      not null default 0 check (fee_asked >= 0),
    postage_asked   bigint      not null default 0 check (postage_asked >= 0),
    cod_asked       bigint      not null default 0 check (cod_asked >= 0),
    payee_asked     text        check (cod_asked = 0 or payee_asked is not null),
    originals_asked int         not null default 0 check (originals_asked >= 0),
    fee_due         bigint      not null default 0 check (fee_due >= 0),
    postage_due     bigint      not null default 0 check (postage_due >= 0),
    cod_due         bigint      not null default 0 check (cod_due >= 0),
    payee_due       text        check (cod_due = 0 or payee_due is not null),
    originals_due   int         not null default 0,
    identity_check  boolean     not null default false,
    requested_by    text        not null,
    ordered_by      text,
    order_number    text,
    order_digest    text,
    former_offices  text[]      not null default '{}',
    former_payees   text[]      not null default '{}',
    returns         uuid references leg (id),
    opened_at       timestamptz not null default clock_timestamp(),
    unique (dossier, no)
);
create unique index leg_item on leg (item) where kind <> 'RETURN';
create index leg_item_any on leg (item);
create index leg_order on leg (ordered_by, order_number);
create index leg_order_number on leg (order_number);
create index leg_order_upper on leg (upper(order_number));
create index leg_sender_phone on leg ((right(regexp_replace(sender ->> 'phone', '\D', '', 'g'), 9)));
create index leg_receiver_phone on leg ((right(regexp_replace(receiver ->> 'phone', '\D', '', 'g'), 9)));
create index leg_from_office on leg (from_office);
create index leg_to_office on leg (to_office);
create index leg_agency on leg (agency);
create index leg_payee_asked on leg (payee_asked) where payee_asked is not null;
create index leg_payee_due on leg (payee_due) where payee_due is not null;
create index leg_to_agency on leg (to_agency) where to_agency is not null;
comment on table leg is 'One journey of one item.';
comment on column leg.item is 'Identifier of the sealed envelope, UPU S10 unless a one-stop brought its own; null until there is one. A RETURN carries the envelope that comes back.';
comment on column leg.agency is 'Who sends it, or gets it.';
comment on column leg.to_agency is 'TRANSFER: who gets it.';
comment on column leg.carrier is 'OWN: our own post offices'' worklists. Otherwise the partner who carries it.';
comment on column leg.sender is 'Party: personal data.';
comment on column leg.receiver is 'Party: personal data.';
comment on column leg.fee_asked is 'Phí and lệ phí that whoever wanted the leg asked to be collected, in đồng.';
comment on column leg.postage_asked is 'Cước, likewise.';
comment on column leg.cod_asked is 'Tiền thu hộ (COD): neither the agency''s nor the post''s, likewise.';
comment on column leg.payee_asked is 'Whose it is: id of payees.csv.';
comment on column leg.originals_asked is 'Originals to take back on delivery, likewise.';
comment on column leg.fee_due is 'To collect at this door, in đồng: less what was taken on other legs before; 0 when paid online, and while another leg bears it.';
comment on column leg.postage_due is 'Cước to collect at this door, in đồng.';
comment on column leg.cod_due is 'Tiền thu hộ (COD) to collect at this door, in đồng; payee_due''s.';
comment on column leg.originals_due is 'Originals to take back on delivery.';
comment on column leg.ordered_by is 'The one-stop system that ordered it (N-GSP), and is told of it in its feed.';
comment on column leg.order_number is 'The number that one-stop knows it by (OrderNumber); the same for both directions.';
comment on column leg.order_digest is 'SHA-256 of the citizen''s name, telephone and address as ordered, and of the rest, to tell a repeat from a change.';
comment on column leg.former_offices is 'Post offices it went by before it was to go by others: who set out from there without signal may have it.';
comment on column leg.former_payees is 'Ids of thirds for whom COD was to be taken before it was for another: who set out without signal may have taken it for them.';
comment on column leg.returns is 'RETURN: the leg whose item comes back.';

create table former_item (
    item text not null,
    leg  uuid not null references leg (id),
    primary key (item, leg)
);
create index former_item_leg on former_item (leg);
comment on table former_item is 'Identifiers that a leg bore before it got another: what is reported of them late is known.';

create table carrier_order (
    dossier           uuid    not null references dossier (id),
    carrier           text    not null,
    item              text    not null,
    leg               uuid    not null references leg (id),
    digest            text    not null,
    fee_due           bigint  not null,
    postage_due       bigint  not null,
    cod_due           bigint  not null,
    payee_due         text,
    originals_due     integer not null,
    fee_to_take       bigint  not null,
    postage_to_take   bigint  not null,
    cod_to_take       bigint  not null,
    payee_to_take     text,
    originals_to_take integer not null,
    cancelled         boolean not null,
    taken_back        integer not null,
    turn              integer not null,
    told_at           timestamptz not null,
    primary key (dossier, turn)
);
comment on table carrier_order is 'What an outside carrier was told under one number; the last of it holds. What it did before counts by what it had been told by then.';
comment on column carrier_order.leg is 'Of which it was told; the same envelope may be ordered again on another.';
comment on column carrier_order.digest is 'SHA-256 of what is to be carried where, and of what is due; empty when it is to be told once more.';
comment on column carrier_order.fee_due is 'What was due at the door altogether when it was told, in đồng.';
comment on column carrier_order.fee_to_take is 'What it is to take there, less what our own workers had taken, in đồng; it tells no amounts, and took what it was told.';
comment on column carrier_order.taken_back is 'How often it was told not to, and has not said so yet.';
comment on column carrier_order.turn is 'Counts what carriers were told of the dossier.';
comment on column carrier_order.told_at is 'When it was told. A repeat that is wished for, and a confirmation that it was taken back, are noted where that was told.';

create table handling (
    seq             bigint generated always as identity unique,
    id              uuid primary key,
    leg             uuid references leg (id),
    item            text,
    code            text        not null,
    raw_code        text,
    raw_text        text,
    occurred_at     timestamptz not null,
    utc_offset      text        not null,
    happened_at     timestamptz not null,
    recorded_at     timestamptz not null default clock_timestamp(),
    stored_at       timestamptz not null default clock_timestamp(),
    device          text        not null,
    device_seq      bigint      not null,
    actor           text        not null,
    office          text,
    reason          text,
    action          text,
    next_date       date,
    note            text,
    details         jsonb       not null default '{}',
    voids           uuid,
    supervisor      text,
    source          text        not null,
    conflict        text
);
create index handling_leg on handling (leg, happened_at);
create index handling_item on handling (item);
create index handling_unclaimed on handling (item) where leg is null;
create index handling_device on handling (device, device_seq);
create index handling_money on handling (actor, device, device_seq)
    where jsonb_exists_any(details, array['feeCollected', 'postageCollected', 'codCollected', 'feeRemitted']);
create index handling_voids on handling (voids) where voids is not null;
create index handling_conflict on handling (office, seq) where conflict is not null;
create index handling_to_look_at on handling (seq) where conflict is not null or code = 'UNKNOWN';
comment on table handling is 'One thing that happened to an item. Only ever added; undone by another handling (VOIDED).';
comment on column handling.id is 'UUIDv7 made on the device: the idempotency key of a scan.';
comment on column handling.leg is 'Null: nobody knows this item yet, and it waits for that; or whoever said it was not to do it any more and did not have the item, which moves nothing. Never dropped.';
comment on column handling.code is 'One of the 34 codes, or UNKNOWN with the carrier''s own code beside it.';
comment on column handling.occurred_at is 'When it happened, by the device''s clock.';
comment on column handling.happened_at is 'When it happened, corrected for the device''s clock; never later than recorded_at.';
comment on column handling.recorded_at is 'When we heard of it, by the clock of the node that did.';
comment on column handling.stored_at is 'The same by the clock of the database, which all nodes have in common.';
comment on column handling.device_seq is 'Counts up on the device: its own order is never contradicted by its clock.';
comment on column handling.actor is 'User name or partner. Never a citizen.';
comment on column handling.details is 'What the code asks for: evidence hashes, fee collected, papers, manifest. No names.';
comment on column handling.source is 'The partner or face it came through.';
comment on column handling.conflict is 'Why a person has to look at it: it contradicts what was known, or less or more was done than was asked; null when nobody has to.';

create table handling_review (
    handling    uuid        not null references handling (id),
    what        text        not null check (what in ('LEFT', 'SETTLED')),
    by          text        not null,
    at          timestamptz not null default clock_timestamp(),
    reason      text        not null,
    doubt       text        not null default '',
    primary key (handling, what, doubt)
);
comment on table handling_review is 'Somebody has dealt with a handling: one in conflict was left as it stands; of an item that was lost it was said how it goes on. Only ever added, but that one was handed out in its place by mistake, which whoever takes it back says in a message.';
comment on column handling_review.what is 'LEFT: it was in conflict, or its code is unknown, and stands as it is. SETTLED: it says that the item was lost, came back, or is at an agency whose dossier went on, and that was seen to.';
comment on column handling_review.doubt is 'LEFT: the conflict it was left with. Of another one that it comes into later, nobody has seen anything.';
comment on column handling_review.by is 'User name; an agency, when it said how it goes on without what was lost, or sent the dossier on.';

create table evidence (
    handling    uuid        not null,
    sha256      text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
    kind        text        not null check (kind in ('SIGNATURE', 'COUNTERSIGNATURE', 'PHOTO')),
    content     bytea       not null,
    received_at timestamptz not null default clock_timestamp(),
    primary key (handling, sha256)
);
comment on table evidence is 'Signature strokes and photos, bound to the handling that named their hash.';
comment on column evidence.handling is 'Of a message that waits for a person, or was given up, as long as there is no handling of this id.';

create table progress (
    leg             uuid primary key references leg (id),
    step            text        not null,
    attempts        int         not null,
    closed          boolean     not null,
    last_handling   uuid,
    happened_at     timestamptz,
    next_act        text,
    owner_kind      text check (owner_kind in ('POST_OFFICE', 'POSTAL_WORKER', 'AGENCY', 'CITIZEN', 'CARRIER', 'OPERATOR', 'SUPERVISOR')),
    owner           text,
    due_at          timestamptz,
    rule            text        not null,
    tried_at        timestamptz,
    check (closed = (next_act is null)),
    check ((next_act is null) = (owner is null) and (owner is null) = (due_at is null)
           and (owner is null) = (owner_kind is null))
);
create index progress_owed on progress (owner_kind, owner, due_at) where not closed;
create index progress_due on progress (due_at) where not closed;
comment on table progress is 'What the handlings of a leg add up to, and the one next act owed on it. A projection: can be thrown away and rebuilt equal.';
comment on column progress.tried_at is 'When it could not be moved by the calendar, and not derived: whoever failed last has the others before him.';
comment on column progress.rule is 'The rule that produced step, next act and deadline, for people.';

create table notice (
    id      bigint generated always as identity primary key,
    leg     uuid        not null references leg (id),
    what    text        not null
        check (what in ('COMING', 'NOT_COMING', 'TRIED', 'HELD', 'DELIVERED', 'NOT_DELIVERED', 'SUPPLEMENT', 'MOVED', 'TOO_LATE', 'LINK')),
    about   text        not null,
    due_at  timestamptz not null,
    state   text        not null default 'DUE' check (state in ('DUE', 'TOLD', 'STALE')),
    round   int         not null default 0,
    unique (leg, what, about)
);
create index notice_due on notice (due_at) where state = 'DUE';
comment on table notice is 'What a citizen is to be told by a message to the own telephone, once each. Looked at again when it is due.';
comment on column notice.about is 'What it tells: the day of a visit, the handling, the last day at the counter, when a link was asked for and a code over its telephone; nothing of a delivery, which is told once until it was none; of NOT_DELIVERED and NOT_COMING what was told, and in which round.';
comment on column notice.state is 'TOLD: the notifier is being told, or was. STALE: when it was due, or on its way, it did not hold any more; should it hold again, it is due again.';
comment on column notice.round is 'How often it was overtaken on its way to the notifier, or was told and was not so: part of the key of the message, so that it can be told anew.';

create table citizen_language (
    dossier  uuid primary key references dossier (id),
    language text not null check (language in ('vi', 'en'))
);
comment on table citizen_language is 'In which language the citizen is told: the one last chosen on the page of the dossier. Without a row, Vietnamese.';

create table account (
    name        text primary key,
    password    text        not null,
    role        text        not null
        check (role in ('POSTAL_WORKER', 'POSTAL_SUPERVISOR', 'AGENCY_CLERK', 'OPERATOR', 'ADMINISTRATOR',
            'DATA_OFFICER')),
    office      text,
    agency      text,
    rights      text,
    enabled     boolean     not null default true,
    one_time    boolean     not null default false,
    password_by text,
    assigned_by text,
    epoch       bigint      not null default 0,
    created_at  timestamptz not null default clock_timestamp()
);
comment on table account is 'People who sign in. Sandbox logins are not here: they live in memory, and only while the sandbox is on.';
comment on column account.password is 'Hash, with its algorithm in braces before it.';
comment on column account.rights is 'What an operator may do, for which partners: words such as RETRY@dvcqg or SEE@*. Null: what is usual for the role.';
comment on column account.one_time is 'The password was given by somebody else: it is good for changing it and nothing more.';
comment on column account.password_by is 'Who gave it a password last, and may know it; nobody of whoever was made at the start.';
comment on column account.assigned_by is 'Who gave it its role last. Neither of the two also grants it what needs a second person: READ and EDIT.';
comment on column account.epoch is 'Counted up by everything that ends what was opened before. A session or a phone''s token is good while this is what it was opened under.';

create table known_place (
    hash        bytea primary key,
    seen_at     timestamptz not null default clock_timestamp()
);
create index known_place_seen on known_place (seen_at);
comment on table known_place is 'From where who has signed in during the last 30 days: whoever is known at an address is heard while strangers there are slowed down.';
comment on column known_place.hash is 'HMAC-SHA-256 of the address (of IPv6 its network of 64 bits) and the account together, under a key that is not in the database; neither is kept by itself.';

create table track_guess (
    door    text        primary key,
    wrong   int         not null default 1 check (wrong >= 0),
    since   timestamptz not null default clock_timestamp()
);
create index track_guess_since on track_guess (since);
comment on table track_guess is 'How many wrong guesses at the digits of a telephone were made at one door of /track, on all nodes: no more than some a day are answered. Kept for a day from the first.';
comment on column track_guess.door is 'SHA-256 of what is guessed at: a dossier by its codes, a link, or one of so many counts that codes which name no dossier share.';

create table device_session (
    token_hash  bytea primary key,
    account     text        not null,
    epoch       bigint      not null,
    role        text        not null,
    office      text        not null,
    device      text        not null,
    opened_at   timestamptz not null default clock_timestamp(),
    expires_at  timestamptz not null,
    seen_at     timestamptz not null default clock_timestamp(),
    revoked_at  timestamptz,
    revoked_by  text,
    revoked_office text,
    released_at timestamptz,
    released_by text
);
create index device_session_device on device_session (device);
create index device_session_office on device_session (office, expires_at);
comment on table device_session is 'A phone that signed in. The token itself is never stored. What it may do is what its account may do now.';
comment on column device_session.epoch is 'That of the account when it signed in; -1 for a sandbox login.';
comment on column device_session.role is 'When it signed in: what a lost phone sends is judged by it.';
comment on column device_session.office is 'When it signed in: who may report the phone lost, as long as the session speaks for it.';
comment on column device_session.revoked_office is 'Which reported it lost: it alone may release it.';
comment on column device_session.seen_at is 'When it was last heard of, to the minute.';
comment on column device_session.revoked_by is 'User name of who reported it lost.';
comment on column device_session.released_at is 'When a supervisor let people sign in on it again. The session itself stays revoked.';

create table device (
    id      text primary key,
    secret  bytea not null,
    since   timestamptz not null default clock_timestamp()
);
comment on table device is 'A phone that showed a secret at its first sign-in, and shows it at every one. Others are known by their name alone.';
comment on column device.id is 'As in device_session, handling and shift.';
comment on column device.secret is 'SHA-256 of it.';

create table assignment (
    seq         bigint generated always as identity primary key,
    office      text        not null,
    commune     text,
    leg         uuid references leg (id),
    version     int         not null check (version > 0),
    worker      text,
    by          text        not null,
    at          timestamptz not null default clock_timestamp(),
    check ((commune is null) <> (leg is null)),
    unique (office, commune, version),
    unique (office, leg, version)
);
comment on table assignment is 'Which worker of an office goes where: to a commune as a rule, or with one item as an exception. Only ever added; the last version holds. Whoever comes second with the same version is refused.';
comment on column assignment.worker is 'User name; null: nobody in particular, for an item whoever has its commune.';
comment on column assignment.by is 'User name of the supervisor.';

create table shift (
    id          uuid primary key,
    account     text        not null,
    office      text        not null,
    device      text        not null,
    first_seq   bigint      not null,
    opened      boolean     not null default true,
    opened_at   timestamptz not null,
    recorded_at timestamptz not null default clock_timestamp(),
    last_seq    bigint,
    closed_at   timestamptz,
    counted     bigint check (counted >= 0),
    counted_at  timestamptz,
    answer      jsonb,
    closed_by   text,
    closed_why  text,
    check (opened or closed_at is not null),
    check ((closed_by is null) = (closed_why is null) and (closed_by is null or closed_at is not null)),
    check ((closed_at is null) = (last_seq is null) and (closed_at is null) = (counted is null)
           and (closed_at is null) = (counted_at is null) and (closed_at is not null or answer is null))
);
create unique index shift_open on shift (device) where closed_at is null;
create index shift_office on shift (office, opened_at desc);
create index shift_worker on shift (account, device, first_seq);
comment on table shift is 'A postal worker''s working time with one phone. To it belongs what the worker did with that phone from first_seq on, until the worker''s next shift with it.';
comment on column shift.id is 'UUIDv7 made on the phone; any UUID for a shift that nobody opened.';
comment on column shift.opened is 'False: nobody opened it. It is there because money was taken in none, which nobody counted.';
comment on column shift.opened_at is 'By the phone''s clock; of a shift that nobody opened, when its first money was taken.';
comment on column shift.counted is 'Đồng in the worker''s hands, counted before anybody said how much it should be.';
comment on column shift.last_seq is 'Count of the last handling the phone knew of when it closed. What comes with a higher one before the next shift was done outside any: its money is this shift''s.';
comment on column shift.counted_at is 'When we heard of the count.';
comment on column shift.answer is 'What the phone was answered when it closed, and is answered again. Null when a supervisor closed it, or nobody opened it.';
comment on column shift.closed_by is 'User name of the supervisor who closed it because the phone could not; null when the phone did.';

create view standing as
    select h.id, h.leg, coalesce(h.leg::text, h.item) as parcel, h.device, h.device_seq, h.actor, h.recorded_at,
        coalesce((h.details ->> 'feeCollected')::bigint, 0) as fee,
        coalesce((h.details ->> 'postageCollected')::bigint, 0) as postage,
        coalesce((h.details ->> 'codCollected')::bigint, 0) as cod,
        coalesce((h.details ->> 'feeRemitted')::bigint, 0) as remitted
    from handling h
    where jsonb_exists_any(h.details, array['feeCollected', 'postageCollected', 'codCollected', 'feeRemitted'])
      and (h.conflict is null or h.conflict not in ('collected-twice', 'delivered-twice'))
      and not exists (
        select from handling v where v.voids = h.id
          and (v.conflict is null
            or v.leg is null and h.leg is null and v.device = h.device and v.recorded_at <= h.recorded_at));
comment on view standing is 'Handlings that name money and count: neither voided nor said twice.';

create table discrepancy (
    shift           uuid primary key references shift (id),
    office          text        not null,
    opened_at       timestamptz not null default clock_timestamp(),
    explained_by    text,
    explanation     text,
    explained_at    timestamptz,
    explained_amount bigint,
    settled_by      text,
    settlement      text,
    settled_at      timestamptz,
    settled_amount  bigint,
    check ((explained_by is null) = (explained_amount is null)),
    check ((settled_by is null) = (settled_amount is null)),
    check (settled_by is null
           or (explained_by is not null and explained_by <> settled_by and explained_amount = settled_amount))
);
create index discrepancy_office on discrepancy (office, opened_at);
create index discrepancy_open on discrepancy (shift) where settled_by is null;
comment on table discrepancy is 'Cash that did not tally. One person explains it, another settles it, also when it tallies by now: the table itself refuses one person alone.';
comment on column discrepancy.explained_amount is 'Counted less expected when it was explained, in đồng. When it is another by now, nobody has explained it.';
comment on column discrepancy.settled_amount is 'Counted less expected when it was settled, in đồng: negative when money is missing. When it is another by now, the discrepancy is open again.';

create table discrepancy_act (
    seq         bigint generated always as identity primary key,
    shift       uuid        not null references discrepancy (shift),
    at          timestamptz not null default clock_timestamp(),
    by          text        not null,
    what        text        not null check (what in ('EXPLAINED', 'SETTLED')),
    said        text        not null
);
create index discrepancy_act_shift on discrepancy_act (shift);
comment on table discrepancy_act is 'Everything that was said about a discrepancy. Only ever added: the discrepancy itself holds the last of each.';

create table feed_cursor (
    partner     text primary key,
    cursor      text        not null,
    moved_at    timestamptz not null default clock_timestamp()
);
comment on table feed_cursor is 'How far we have read a carrier''s event feed.';

create table feed_turn (
    partner     text primary key,
    node        uuid        not null,
    next_at     timestamptz not null
);
comment on table feed_turn is 'Which node asks a carrier that has to be asked, and when it may the next time: the pace is the hub''s, however many nodes it has.';
comment on column feed_turn.node is 'Another may only when this one has missed its turn: it alone remembers what it read last.';

create table carrier_number (
    partner     text not null,
    ours        text not null,
    theirs      text not null,
    primary key (partner, ours)
);
comment on table carrier_number is 'What a carrier itself calls an order of ours, as it said last; needed to take the order back.';

create table feed_outage (
    partner         text primary key,
    silent_since    timestamptz not null default now(),
    fault           text        not null,
    reason_vi       text        not null,
    reason_en       text        not null
);
comment on table feed_outage is 'Carriers whose event feed cannot be read now; what happens with them is not heard.';
comment on column feed_outage.fault is 'Stable code of what is wrong.';
comment on column feed_outage.reason_vi is 'What it answered, without personal data.';
