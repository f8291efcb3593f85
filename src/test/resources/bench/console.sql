-- A hub's last half year, :dossiers of them, written straight into its tables; one statement after an empty line.
-- A dossier is fetched, decided and delivered: two legs, 8 handlings, 2 words of its agency, 7 messages in, 9 out, each of
-- these carried once, one in fifty twice. One in a thousand was told of another 200 times. :from and :until are the dossiers
-- of one part; of an outage, :until is how many messages wait. Two runs of END are as one.

create or replace function bench_at(i bigint, n bigint) returns timestamptz immutable language sql as $$
    select timestamptz '2026-01-01 00:00+07' + interval '180 days' * i / n $$

create or replace function bench_id(i bigint, n bigint, k int) returns uuid immutable language sql as $$
    select (lpad(to_hex((extract(epoch from bench_at(i, n)) * 1000)::bigint + k), 12, '0') || '7'
        || substr(md5(i || '.' || k), 1, 3) || '8' || substr(md5(i || '.' || k), 4, 15))::uuid $$

create or replace function bench_office(i bigint) returns text immutable language sql as $$
    select (array['520100', '521000', '522000', '522500', '523000', '524000'])[1 + i % 6] $$

create or replace function bench_portal(i bigint) returns text immutable language sql as $$
    select (array['dvcqg', 'dvcqg', 'dvcqg', 'opencps', 'webhook-portal'])[1 + i % 5] $$

-- PART

insert into dossier (id, procedure_code, procedure_name, level, channel, filed_on, agency, portal, status, created_at)
select bench_id(i, :dossiers, 0), '1.012786', 'Cấp đổi giấy tờ mẫu', 3, 'ONLINE', (bench_at(i, :dossiers) + :shift)::date,
    '000.00.12.H50', bench_portal(i), case when i < :dossiers * 0.95 then 10 else 2 end, bench_at(i, :dossiers) + :shift
from generate_series(:from, :until) i

insert into dossier_code (code, dossier, no, system)
select '000.00.12.H50-' || to_char(bench_at(i, :dossiers) + :shift, 'YYMMDD') || '-' || lpad(i::text, 8, '0'),
    bench_id(i, :dossiers, 0), 1, bench_portal(i)
from generate_series(:from, :until) i

insert into leg (id, dossier, no, kind, item, carrier, from_office, to_office, agency, sender, receiver, requested_by, opened_at,
    ordered_by, order_number)
select bench_id(i, :dossiers, k), bench_id(i, :dossiers, 0), k, case k when 1 then 'PICKUP' else 'RESULT' end,
    'EB' || lpad((i * 2 + k)::text, 9, '0') || 'VN', 'OWN', bench_office(i), bench_office(i + k), '000.00.12.H50',
    case k when 1 then jsonb_build_object('name', 'Lê Thị Mẫu ' || i, 'phone', '09' || lpad((i * 7919 % 60000000)::text, 8, '0'),
        'address', jsonb_build_object('commune', '19333', 'street', i || ' đường Mẫu')) else '{"name": "Trung tâm"}' end,
    case k when 2 then jsonb_build_object('name', 'Lê Thị Mẫu ' || i, 'phone', '+84 9' || lpad((i * 7919 % 60000000)::text, 8, '0'),
        'address', jsonb_build_object('commune', '19333', 'street', i || ' đường Mẫu')) else '{"name": "Trung tâm"}' end,
    bench_portal(i), bench_at(i, :dossiers) + :shift, 'qti-tthcc', 'DH' || (i * 2 + k)
from generate_series(:from, :until) i, generate_series(1, 2) k

insert into progress (leg, step, attempts, closed, rule, next_act, owner_kind, owner, due_at)
select bench_id(i, :dossiers, k), case k when 1 then 'HANDED_TO_AGENCY' else case when open then 'OUT_FOR_DELIVERY' else 'DELIVERED' end end,
    1, open is null, 'done',
    case when open then 'DELIVER' end, case when open then 'POSTAL_WORKER' end, case when open then 'buu-ta' end,
    case when open then now() + interval '1 day' * (i % 5 - 1) end
from generate_series(:from, :until) i, generate_series(1, 2) k,
    lateral (select case when k = 2 and i >= :dossiers * 0.95 then true end as open) o

insert into handling (id, leg, item, code, occurred_at, utc_offset, happened_at, recorded_at, device, device_seq, actor, office,
    details, source)
select bench_id(i, :dossiers, 10 + k), bench_id(i, :dossiers, c.leg), 'EB' || lpad((i * 2 + c.leg)::text, 9, '0') || 'VN', c.code,
    t, '+07:00', t, t + interval '20 seconds', 'may-' || i % 400, i * 8 + k, 'buu-ta', bench_office(i),
    case c.code when 'COLLECTED' then '{"feeCollected": 50000}'::jsonb else '{}'::jsonb end, 'scan'
from generate_series(:from, :until) i
cross join (values (1, 1, 'PICKUP_ACCEPTED', 4), (2, 1, 'COLLECTED', 20), (3, 1, 'HANDED_TO_AGENCY', 30),
    (4, 2, 'RESULT_COLLECTED', 150), (5, 2, 'FACILITY_OUT', 160), (6, 2, 'FACILITY_IN', 175), (7, 2, 'OUT_FOR_DELIVERY', 190),
    (8, 2, 'DELIVERED', 195)) c (k, leg, code, hours)
cross join lateral (select bench_at(i, :dossiers) + :shift + make_interval(hours => hours, secs => i % 3600) as t) w
where t < now() order by t

insert into dossier_event (dossier, code, vi, en, happened_at, recorded_at)
select bench_id(i, :dossiers, 0), c.code, 'Cơ quan đã tiếp nhận.', 'The agency has received it.', t, t
from generate_series(:from, :until) i
cross join (values ('RECEIVED', 31), ('RETURNED_RESULT', 195)) c (code, hours)
cross join lateral (select bench_at(i, :dossiers) + :shift + make_interval(hours => hours, secs => i % 3600) as t) w
where t < now() order by t

insert into message (id, direction, partner, key, kind, message_group, subject, body, digest, answer, state, attempts, releases,
    created_at, queued_at, closed_at)
select bench_id(i, :dossiers, 100 + c.k), c.direction, coalesce(c.partner, bench_portal(i)), 'b-' || i || '-' || c.k, c.kind,
    bench_id(i, :dossiers, 0)::text,
    '000.00.12.H50-' || to_char(bench_at(i, :dossiers) + :shift, 'YYMMDD') || '-' || lpad(i::text, 8, '0'),
    '{"dossier": {"code": "' || i || '"}, "event": {"code": "' || c.kind || '", "note": "' || repeat(md5(i || c.kind), 9) || '"}}',
    case c.direction when 'IN' then sha256(c.kind::bytea) end, '{"ok": true}',
    case c.direction when 'IN' then 'RECEIVED' else 'CONFIRMED' end,
    case when c.direction = 'IN' then 0 when (i + c.k) % 50 = 0 then 2 else 1 end, case c.direction when 'IN' then 0 else 1 end,
    t, case c.direction when 'OUT' then t end, t + make_interval(secs => 0.05 + (i * 31 + c.k * 17) % 100 / 50.0)
from generate_series(:from, :until) i
cross join lateral (
    select * from (values (0, 'IN', null, 'portal.request', 0), (1, 'IN', 'scan', 'scan.handlings', 4),
        (2, 'IN', 'scan', 'scan.handlings', 20), (3, 'IN', 'trung-tam-hcc', 'agency.receive', 31),
        (4, 'IN', 'trung-tam-hcc', 'agency.dispatch', 149), (5, 'IN', 'scan', 'scan.handlings', 160),
        (6, 'IN', 'scan', 'scan.handlings', 195), (7, 'OUT', null, 'progress', 0), (8, 'OUT', null, 'progress', 4),
        (9, 'OUT', null, 'progress', 20), (10, 'OUT', 'trung-tam-hcc', 'dossier', 21), (11, 'OUT', null, 'progress', 31),
        (12, 'OUT', null, 'progress', 150), (13, 'OUT', null, 'progress', 175), (14, 'OUT', null, 'progress', 190),
        (15, 'OUT', null, 'progress', 195)) v (k, direction, partner, kind, hours)
    union all
    select 1000 + n, 'OUT', null, 'progress', 31 + n % 100 from generate_series(1, 200) n where i % 1000 = 0) c
cross join lateral (select bench_at(i, :dossiers) + :shift + make_interval(hours => c.hours, secs => i % 3600 + c.k / 100.0) as t) w
where t < now() order by t

insert into attempt (message, no, started_at, ended_at, outcome, detail)
select m.seq, n, m.created_at, m.closed_at, case when n < m.attempts then 'UNAVAILABLE' else 'CONFIRMED' end, '200 OK'
from message m, lateral generate_series(1, m.attempts) n
where m.seq > (select coalesce(max(message), 0) from attempt) and m.direction = 'OUT' and m.state = 'CONFIRMED'

-- END

insert into sample (at, stretch, partner, per_minute, depth, parked, p50, p95, state, runs)
select t, 'line.p' || n, 'p' || n, 10, 0, 0, 0.1, 0.4, 'OPEN', true
from generate_series(date_trunc('minute', now()) - interval '30 days', now(), interval '1 minute') t, generate_series(1, 15) n
on conflict do nothing

insert into message (id, direction, partner, key, kind, message_group, subject, body, state, created_at, fault, last_fault, parked_at,
    reason_vi, reason_en, remedy_vi, remedy_en, attempts)
select gen_random_uuid(), 'OUT', 'opencps', 'parked-' || n, 'progress', bench_id(:dossiers - n * 3, :dossiers, 0)::text, 'HS-' || n, '{}',
    'PARKED', now() - interval '1 hour', f, f, now() - interval '1 hour', 'Cổng không nhận.', 'The portal refuses.', 'Hỏi cổng.',
    'Ask the portal.', 1
from generate_series(1, 2000) n, lateral (select (array['partner-refused', 'no-answer', 'unreadable'])[1 + n % 3] as f) x
on conflict (partner, direction, key) do nothing

-- OUTAGE

update line set state = 'HELD', since = now() - interval '2 hours', turned_at = now(), failures = 9, fault = 'unavailable',
    reason_vi = 'Cổng không trả lời.', reason_en = 'The portal does not answer.', next_probe_at = now() + interval '1 day'
where partner = 'dvcqg'

insert into message (id, direction, partner, key, kind, message_group, subject, body, state, created_at)
select gen_random_uuid(), 'OUT', 'dvcqg', 'waits-' || n, 'progress', bench_id(:dossiers - n / 4, :dossiers, 0)::text, 'HS-' || n / 4,
    '{"event": {"note": "' || repeat(md5(n::text), 12) || '"}}', 'PENDING', now() - interval '2 hours' + interval '20 ms' * n
from generate_series(1, :until) n
