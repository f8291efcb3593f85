-- Copies of dossiers that came through the doors: which there are to be, from :first on, :count of them. What is copied of
-- them says Backlog; one statement after an empty line.

-- A UUIDv7 of the same time, and another.
create or replace function bench_other(id uuid, n bigint) returns uuid immutable language sql as $$
    select (left(id::text, 15) || substr(md5(id || '.' || n), 1, 3) || '-8' || substr(md5(id || '.' || n), 4, 3)
        || '-' || substr(md5(id || '.' || n), 7, 12))::uuid $$

-- An item's number as UPU S10 has it, with its check digit, of a service that no pool has.
create or replace function bench_item(n bigint) returns text immutable language sql as $$
    select 'QB' || digits || case 11 - total % 11 when 10 then 0 when 11 then 5 else 11 - total % 11 end || 'VN'
    from lpad(n::text, 8, '0') as digits, lateral (
        select sum(substr(digits, place, 1)::int * (array[8, 6, 4, 2, 3, 5, 9, 7])[place]) as total
        from generate_series(1, 8) place) s $$

create table if not exists bench_copy (
    n bigint primary key, old_dossier uuid, dossier uuid, old_leg uuid, leg uuid, old_code text, code text, old_item text, item text)

truncate bench_copy

insert into bench_copy
select n, l.dossier, bench_other(l.dossier, n), l.id, bench_other(l.id, n), d.code, d.code || '-' || n, l.item, bench_item(n)
from generate_series(:first::bigint, :first::bigint + :count - 1) n
join bench_original o on o.no = n % (select count(*) from bench_original)
join leg l on l.item = o.item
join dossier_code d on d.dossier = l.dossier

create or replace function bench_reworded(words text, c bench_copy) returns text immutable language sql as $$
    select replace(replace(replace(replace(words, c.old_item, c.item), c.old_code, c.code), c.old_dossier::text, c.dossier::text),
        c.old_leg::text, c.leg::text) $$

-- A message's key ends with the id of the handling that it tells of.
create or replace function bench_named_anew(words text, key text, n bigint) returns text immutable language sql as $$
    select replace(words, right(key, 36), bench_other(right(key, 36)::uuid, n)::text) $$
