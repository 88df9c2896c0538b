-- Every reason as the sender reads it. Personal columns, and sixteen digits anywhere, show six characters at most.
create or replace temp table refused as
select
    found.row_number,
    coalesce(heading.header, found.column_name) as column_name,
    found.code,
    case
        when found.value is null then null
        when heading.personal then left(found.value, 6) || '…'
        when length(found.value) > 60 then left(regexp_replace(found.value, '([0-9]{6})[0-9]{5,}', '\1…', 'g'), 60) || '…'
        else regexp_replace(found.value, '([0-9]{6})[0-9]{10,}', '\1…', 'g')
    end as value_masked,
    replace(reason.message, '{detail}', coalesce(found.detail, '')) as message,
    replace(reason.remedy, '{detail}', coalesce(found.detail, '')) as remedy
from found
join reason using (code)
left join heading using (column_name)
