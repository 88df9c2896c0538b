-- Edition, schema 5. No persons in here. '*' in a group column means all; months are month ends.
create table meta (key varchar primary key, value varchar not null);

-- One row is one place: nation, province, kabupaten/kota; a branch (code 'branch:…') or a configured group of places
-- (code 'group:…'), both with their members in branch_member.
create table place (code varchar primary key, name varchar not null, short_name varchar not null,
    kind varchar not null check (kind in ('negara', 'provinsi', 'kabupaten', 'kota', 'cabang', 'kelompok')),
    parent varchar);
create table branch_member (branch varchar not null, place varchar not null);

-- One row is one owner of projects that occurs in this edition, with its newest type.
create table owner (owner varchar not null, owner_type varchar not null, projects integer not null);
create table fund (fund varchar primary key, payer varchar, projects integer not null);

-- One row is the number of active construction members of one place at one month end: the numerator that won.
create table population (
    place varchar not null, month date not null,
    numerator bigint not null, half_unit double not null,   -- rounding of a report: ± half its unit; 0 for persons
    named_persons bigint, unnamed_headcount bigint,          -- null when reported or unknown
    new_members bigint, ended_members bigint,                -- named persons; null unless this month and the one before count persons
    origin varchar not null check (origin in ('persons', 'report', 'mixed')),
    source varchar not null, as_of date not null             -- a report keeps its own date
);

-- One row is the reported number of active members of one sector other than construction, or of 'semua sektor', of one place
-- at one month end. Of these sectors no persons are counted: a figure is the place's own report, or the sum of its parts'.
create table sector_members (
    place varchar not null, sector varchar not null, month date not null,
    numerator bigint not null, half_unit double not null,   -- rounding as in population
    origin varchar not null check (origin in ('report', 'mixed')),
    source varchar not null, as_of date not null
);

-- One row is one dated estimate of the workers of a place and sector; source_rank orders sources (config), 0 first.
create table vintage (
    place varchar not null, sector varchar not null, per_tanggal date not null,
    workers bigint not null, low double, high double,        -- null when no error is published
    source varchar not null, document varchar, source_rank integer not null
);

-- One row is one group of projects at one month end. A group names a place and perhaps an owner type or an owner
-- (an owner's rows carry '*' as type: its name alone identifies it) and perhaps a fund.
create table work (
    place varchar not null, owner_type varchar not null, owner varchar not null, fund varchar not null, month date not null,
    running_projects bigint not null,
    judged_projects bigint not null,     -- placement coverage can be told (complete registrations, and memberships where named)
    unsized_projects bigint not null,    -- neither a roster nor a declared headcount: their workers are unknown, not zero
    workers bigint not null,             -- of the running projects; sum over projects of max(roster, declared)
    covered_named bigint not null, covered_unnamed bigint not null,   -- of the judged projects
    judged_workers bigint not null,      -- workers of the judged projects
    rostered_projects bigint not null,   -- running projects for which rosters and memberships are complete
    roster_persons bigint not null,      -- persons once, on rosters of running projects
    protected_persons bigint not null,   -- of those, covered on every project they work on within the group
    -- Sums over the judged projects of covered², covered × workers and workers²: how far projects differ among themselves.
    -- Null where a sum is too large to keep; no interval then.
    covered_squares bigint, covered_by_workers bigint, workers_squares bigint
);

-- One row is one group of projects (as in work) in one month, also of projects that do not run at its end. "Twelve months"
-- are those up to this one; "year" is the calendar year to the month end.
create table activity (
    place varchar not null, owner_type varchar not null, owner varchar not null, fund varchar not null, month date not null,
    running_projects bigint not null,    -- at the month end
    agency_placed_projects bigint not null,   -- of those, placed by the buyer's territory: the records name no place of work
    registration_known_projects bigint not null,   -- of those, registrations are complete
    registered_projects bigint not null, -- of those, with a registration dated by the month end
    unpriced_projects bigint not null,   -- running projects without a contract value: it is unknown, not zero
    contract_value_rp decimal(38, 2),    -- of the running projects; null when none states one
    registered_value_rp decimal(38, 2),  -- of the registered projects; null likewise
    due_projects bigint not null,        -- whose registration deadline fell in the twelve months
    due_known_projects bigint not null,  -- of those, registrations were complete in the month of the deadline
    on_time_projects bigint not null,    -- of those, registered by the deadline
    undated_projects bigint not null,    -- begun in the twelve months, without the date of a work order: not judged
    year_project_months bigint not null, -- running projects at each month end of the year, added up
    known_year_project_months bigint not null,   -- of those, with complete registrations
    projects_registered bigint not null, -- with a registration dated in the year
    registrations bigint not null, unsized_registrations bigint not null,   -- of the year; without a headcount
    workers_registered bigint,           -- headcount of the registrations; null when none of them states one
    payments bigint not null, unpriced_payments bigint not null,   -- of the year; without an amount
    contributions_rp decimal(38, 2),     -- paid in the year; null when no payment states its amount
    projects_at_work bigint not null,    -- running on some day of the month
    day_judged_projects bigint not null, -- of those, whose days without cover can be told
    unsized_projects_at_work bigint not null,    -- neither roster nor declared headcount
    uncovered_named_days bigint, uncovered_unnamed_days bigint   -- of the judged, the unnamed estimated; null when all are unsized
);

-- One row is one project as known at publication.
create table project (
    kode_proyek varchar primary key, nama_proyek varchar not null, place varchar not null, owner varchar not null,
    owner_type varchar not null, fund varchar not null, nilai_kontrak decimal(18, 2), termasuk_ppn boolean,
    no_spk varchar, tgl_spk date, mulai date not null, selesai date not null, selesai_pemeliharaan date,
    penyedia varchar, tenaga_kerja integer, jenis_pekerjaan varchar,
    place_from varchar,  -- 'lokasi' the place of work in the records, 'instansi' the buyer's territory; null: the file states it
    cara_pelaksanaan varchar,   -- 'penyedia', 'swakelola' or 'darurat'; null: the file does not say
    telepon_penyedia varchar,   -- a company's; a sole proprietor's is dropped while reading
    payer varchar,
    deadline date,       -- the last day to register after the work order, or swakelola without one its start; null without a date
    file_name varchar not null, row_number integer not null,   -- where it is written
    -- As judged at the position (payment 0 of judgement), and the workers of the last month end, else the declared ones.
    result varchar not null, reason varchar, late_days integer, unprotected_days integer, days_left integer,
    is_registered boolean, notes varchar, workers bigint,
    uncovered bigint,    -- of the workers; null where it cannot be told, and of a project that does not run then
    is_on_time boolean,  -- as on_time_registration counts it: known, and registered by then; null without a work order's deadline
    searched varchar not null   -- the texts in which a reader's words are looked for, in lower case
);

-- One row is one registration of a project by the position, numbered by date within the project.
create table registration (
    kode_proyek varchar not null, place varchar not null, owner varchar not null, fund varchar not null, number integer not null,
    no_proyek_bpjs varchar, npp varchar, tgl_daftar date not null, tgl_bayar date, iuran_dibayar decimal(18, 2),
    tenaga_kerja integer, cover_from date, cover_to date,   -- null until it is paid
    no_sertifikat varchar, file_name varchar not null, row_number integer not null
);

-- One row is what one project adds in one month to the counts of the year: registrations dated in it, contributions paid in it, as
-- they stand for that month. What a later complete delivery withdrew for another month is here and not in registration.
create table project_flow (
    kode_proyek varchar not null, place varchar not null, owner varchar not null, fund varchar not null, month date not null,
    registrations integer not null,
    workers_registered bigint,           -- headcount of those registrations; null when none of them states one
    payments integer not null,
    contributions_rp decimal(38, 2)      -- null when no payment states its amount
);

-- One row is one payment made under a contract by the position, or asked for and not made; numbered by date within the project.
create table payment (
    kode_proyek varchar not null, place varchar not null, owner varchar not null, fund varchar not null, number integer not null,
    kind varchar not null check (kind in ('uang muka', 'termin', 'retensi')),
    tgl_permohonan date, tgl_bayar date, termin varchar, jumlah decimal(18, 2), progres decimal(9, 2),
    file_name varchar not null, row_number integer not null
);

-- One row is what a contract said before an addendum.
create table addendum (
    kode_proyek varchar not null, place varchar not null, owner varchar not null, versi integer, tgl date,
    nilai_kontrak decimal(18, 2), selesai date
);

-- One row is one running project at one month end. Sums over it are those of work and activity.
create table project_month (
    kode_proyek varchar not null, place varchar not null, owner varchar not null, owner_type varchar not null,
    fund varchar not null, month date not null,
    workers bigint,                      -- null when unsized
    is_judged boolean not null,          -- placement coverage can be told
    covered_named bigint, covered_unnamed bigint,   -- null when not judged or unsized
    is_registered boolean,               -- dated by the month end; these are null where registrations are not completely known
    is_paid boolean,                     -- registered and its contribution paid by then
    is_on_time boolean,                  -- registered by the deadline; null without one, or while still to come
    is_named boolean,                    -- at the last month end with cover in force members were named as many as registered
    is_active boolean                    -- cover includes the month end
);

-- One row is one project at one judged moment: a payment (1 and up), or the position (0).
create table judgement (
    kode_proyek varchar not null, place varchar not null, owner varchar not null, owner_type varchar not null,
    fund varchar not null, payer varchar, payment integer not null, judged_on date not null,
    result varchar not null, reason varchar, late_days integer, unprotected_days integer, days_left integer,
    is_registered boolean,               -- null: registrations are not completely known
    notes varchar, rules varchar         -- codes, with commas between them
);

-- One row is one rule by which projects were judged, or told of, when this was published. demand is null where it only tells;
-- places and not_for_payers with commas between them, empty: everywhere, nobody.
create table rule (
    code varchar primary key, kind varchar not null check (kind in ('wajib', 'catatan')),
    demand varchar check (demand in ('registration', 'payment')), text varchar not null, text_en varchar not null,
    article varchar not null, effective_from date not null, is_assumption boolean not null, threshold decimal(18, 2),
    places varchar not null, not_for_payers varchar not null
);

-- One row is one live delivery this edition was made from.
create table delivery (batch_id integer primary key, kind varchar not null, file_name varchar not null, file_sha256 varchar not null,
    data_as_of date not null, delivery varchar not null, scope_value varchar, period_from date, period_to date,
    rows_accepted integer not null, rows_rejected integer not null,
    rows_open integer not null,          -- of the rejected, those still to be put right: no later live delivery holds them again
    sender varchar, imported_at timestamp not null   -- null: not said; UTC
);

-- One row is one official figure as published, dated or not; undated and other segments are kept, never plotted.
create table official_figure (place varchar not null, per_tanggal date, segment varchar not null, members bigint, members_precision integer,
    potential bigint, potential_precision integer, printed_pct decimal(9, 2), source varchar not null);

-- One row is one target as its issuer states it. `place` is the unit's code, null where the unit is no place of this edition.
create table target (
    unit varchar not null, place varchar, year integer not null, indicator varchar not null, segment varchar not null,
    sector varchar, counting varchar not null, target decimal(18, 4) not null, unit_of_measure varchar not null,
    issuer varchar not null, document varchar,
    data_as_of date not null, file_name varchar not null, is_superseded boolean not null   -- whence it comes; one that a later replaced
);

-- One row is one spelling of a name that a person has confirmed to mean another, and that was applied here.
create table alias (
    field varchar not null check (field in ('pemilik', 'penyedia', 'wilayah', 'unit')),
    written varchar not null, name varchar not null,
    journal_number bigint not null       -- the entry by which it was confirmed
);

-- One row is one spelling of a place for which rows of live deliveries were refused and not corrected since. Only what
-- resembles the name of a place: a cell in the wrong column may hold anything.
create table unread_place (written varchar not null, rows integer not null, deliveries integer not null, last_batch integer not null);

-- One row is one live row that belongs to no project of the register: a registration or a payment; or, of 'tenaga_kerja' and
-- 'kepesertaan', all rows of one file that name the same project (rows > 1; no persons). reason: 'tidak_dikenal' no live
-- delivery names the project, 'spk_ganda' several bear the work order's number, 'dihapus' the newest complete delivery of
-- projects left it out.
create table unmatched (
    kind varchar not null check (kind in ('pendaftaran', 'pembayaran', 'tenaga_kerja', 'kepesertaan')),
    reason varchar not null check (reason in ('tidak_dikenal', 'spk_ganda', 'dihapus')),
    kode_proyek varchar, no_spk varchar, no_proyek_bpjs varchar, npp varchar,
    day date, amount_rp decimal(18, 2), headcount integer, rows integer not null,
    place varchar, owner varchar,        -- for which its delivery was declared complete; null: for neither
    batch_id integer not null, file_name varchar not null, row_number integer not null
);

-- One row is one project of the register beside what is registered and paid for it by the position (analytics/reconciliation.py
-- says what each cause means). causes: all codes of what differs, with commas between them; cause is the probable one, or says that
-- nothing differs.
create table reconciliation (
    kode_proyek varchar not null, place varchar not null, owner varchar not null, fund varchar not null,
    cause varchar not null, causes varchar not null,
    same_order varchar,                  -- another project of the register with the same work order's number
    is_registered boolean,               -- null: registrations are not completely known
    registrations integer not null, registered_on date,
    contribution_rp decimal(38, 2),      -- of all registrations; null where one was paid and does not say how much
    owed_rp decimal(38, 2), owed_most_rp decimal(38, 2),   -- by the tariff of the contract; the readings its data allow
    owed_before_rp decimal(38, 2),       -- of an earlier value of the contract, where exactly that was paid
    headcount bigint,                    -- registered at one time, at most; null: not paid, or one does not say
    expected_workers bigint,             -- declared, else on rosters; null: neither
    roster_persons bigint,               -- on its roster at a month end, at most
    payments integer not null, first_paid_on date, paid_rp decimal(38, 2),
    payable_rp decimal(38, 2)            -- the contract's value, with VAT unless that is in it; null: not stated
);

-- One row is one place and month for which active construction members are both counted from persons and reported.
-- The persons are complete for the place; the report is the one that would be used without them.
create table count_pair (
    place varchar not null, month date not null,
    persons bigint not null, named_persons bigint not null,
    unnamed_headcount bigint,            -- null: registrations are not completely known
    persons_as_of date not null,         -- the newest position among the deliveries that make the persons complete
    reported bigint not null, half_unit double not null, source varchar not null, as_of date not null,
    reported_as_of date not null         -- the position of the delivery that holds the report
);

-- One row is how many persons stood, at one month end, on rosters of running projects in so many kabupaten/kota at once
-- (two or more), counted in each of these places and in all that they lie in: province, nation ('00'), branches and groups.
create table person_places (place varchar not null, month date not null, places integer not null, persons bigint not null);

-- One row says how many live rows of one delivery speak of one project, or, of rows without one, of one place and sector, and
-- where they stand in the file: physical rows, the header is one. Live is a row that no later delivery states anew. Persons are
-- counted as rows, never listed.
create table source_rows (
    batch_id integer not null, kind varchar not null, kode_proyek varchar, place varchar, owner varchar, fund varchar,
    sector varchar,                      -- 'konstruksi', another or all sectors; null: of none that is counted
    source varchar,                      -- whose report, estimate or target it is; null of rows about projects and persons
    first_day date not null, last_day date not null,   -- of what the rows speak
    rows integer not null, first_row integer not null, last_row integer not null
);
