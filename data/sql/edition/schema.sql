-- Edition, schema 4. No persons in here. '*' in a group column means all; months are month ends.
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
    searched varchar not null   -- the texts in which a reader's words are looked for, in lower case
);

-- One row is one registration of a project by the position, numbered by date within the project.
create table registration (
    kode_proyek varchar not null, place varchar not null, owner varchar not null, fund varchar not null, number integer not null,
    no_proyek_bpjs varchar, npp varchar, tgl_daftar date not null, tgl_bayar date, iuran_dibayar decimal(18, 2),
    tenaga_kerja integer, cover_from date, cover_to date,   -- null until it is paid
    no_sertifikat varchar, file_name varchar not null, row_number integer not null
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
    rows_accepted integer not null, rows_rejected integer not null);

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
