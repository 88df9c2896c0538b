-- What each partition of persons adds; summed when all are done.
create temp table project_named_partial (project_id integer, month_index bigint, named_active bigint);
create temp table place_named_partial (
    group_place varchar, month_index bigint, named_persons bigint, new_members bigint, ended_members bigint);
create temp table project_roster_partial (
    project_id integer, month_index bigint, roster_persons bigint, covered_persons bigint, member_persons bigint);
create temp table site_persons_partial (group_id integer, month_index bigint, roster_persons bigint, protected_persons bigint);
create temp table day_turn_partial (
    project_id integer, month_index bigint, working bigint, exposed bigint, working_days bigint, exposed_days bigint);
create temp table person_places_partial (group_place varchar, month_index bigint, places bigint, persons bigint);
create temp table source_rows_partial (
    kind varchar, batch_id integer, project_id integer, place varchar, sector varchar, first_day date, last_day date, rows bigint,
    first_row bigint, last_row bigint);
