-- One row is one judged moment on whose day registrations are completely known, for the project's place or its owner.
create temp table judged_known as
with known_for_place as (
    select distinct place, judged_on
    from (select distinct place, judged_on from judged_moment) join place_level using (place)
    join complete_delivery on kind = 'pendaftaran' and scope_code = group_place and judged_on between period_from and period_to
), known_for_owner as (
    select distinct owner, judged_on
    from (select distinct owner, judged_on from judged_moment)
    join complete_delivery on kind = 'pendaftaran' and scope = 'pemilik:' || owner and judged_on between period_from and period_to
)
select project_id, payment from judged_moment join known_for_place using (place, judged_on)
union
select project_id, payment from judged_moment join known_for_owner using (owner, judged_on)
