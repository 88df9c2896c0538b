-- Every reason as the sender reads it. In a file about persons any cell may hold a name or a number of one, so none
-- shows more than six characters; elsewhere runs of digits are masked as data/importers/masking.py says.
create or replace temp table refused as
with shown as (
    select
        found.row_number,
        coalesce(heading.header, found.column_name) as column_name,
        found.code,
        case when $has_persons then found.value else regexp_replace(found.value, $digit_run, '\1…', 'g') end as value,
        replace(reason.message, '{detail}', coalesce(found.detail, '')) as message,
        replace(reason.remedy, '{detail}', coalesce(found.detail, '')) as remedy
    from found
    join reason using (code)
    left join heading using (column_name)
)
select
    row_number, column_name, code,
    left(value, $most_chars) || case when length(value) > $most_chars then '…' else '' end as value_masked,
    regexp_replace(message, $digit_run, '\1…', 'g') as message,
    regexp_replace(remedy, $digit_run, '\1…', 'g') as remedy
from shown
