-- Ledger, schema 1. Append-only by batch; what is current is a view (data/sql/publish).
create table meta (key varchar primary key, value varchar not null);

create sequence batch_number start 1;

-- One row is one delivered file (one kind of it).
create table batch (
    batch_id integer primary key,
    kind varchar not null,
    file_name varchar not null,          -- base name only
    file_sha256 varchar not null,
    file_bytes bigint not null,
    imported_at timestamp not null,      -- UTC
    data_as_of date not null,
    delivery varchar not null check (delivery in ('tambahan', 'lengkap')),
    scope_kind varchar check (scope_kind in ('wilayah', 'pemilik')),
    scope_value varchar,                 -- Kemendagri code, or the owner's name
    period_from date,
    period_to date,
    rows_read integer not null,
    rows_accepted integer not null,
    rows_rejected integer not null,
    notes varchar not null,              -- JSON: sheet, header row, decimal mark decided, ignored columns, warnings
    undone_at timestamp,
    check (rows_read = rows_accepted + rows_rejected),
    check ((delivery = 'lengkap') = (scope_kind is not null)),
    check ((scope_kind is null) = (scope_value is null)),
    check ((delivery = 'lengkap') = (period_from is not null and period_to is not null))
);

-- One row is one reason why one row of a file was refused; a row may have several.
create table reject (
    batch_id integer not null,
    row_number integer not null,         -- physical row of the file, header rows included
    column_name varchar,                 -- the header as written in the file
    code varchar not null,
    value_masked varchar,                -- personal columns show at most the first six characters
    message varchar not null,
    remedy varchar not null
);

-- One row is one person. The only place that links a person to a NIK, and only through the key.
create table person (person_id bigint not null, nik_hmac blob not null);

create table proyek (
    batch_id integer not null, row_number integer not null, data_as_of date not null,
    kode_proyek varchar not null, nama_proyek varchar not null, wilayah varchar not null,
    pemilik varchar not null, jenis_pemilik varchar, sumber_dana varchar,
    nilai_kontrak decimal(18, 2), termasuk_ppn boolean, no_spk varchar, tgl_spk date,
    mulai date not null, selesai date not null, selesai_pemeliharaan date,
    penyedia varchar, tenaga_kerja integer, jenis_pekerjaan varchar
);

create table pendaftaran (
    batch_id integer not null, row_number integer not null, data_as_of date not null,
    kode_proyek varchar, no_spk varchar, no_proyek_bpjs varchar, npp varchar,
    tgl_daftar date not null, tgl_bayar date, iuran_dibayar decimal(18, 2), tenaga_kerja integer,
    mulai date, selesai date, no_sertifikat varchar
);

create table tenaga_kerja (
    batch_id integer not null, row_number integer not null, data_as_of date not null,
    person_id bigint not null, kode_proyek varchar not null, mulai date not null, selesai date
);

create table kepesertaan (
    batch_id integer not null, row_number integer not null, data_as_of date not null,
    person_id bigint not null, segmen varchar not null, kode_proyek varchar, wilayah varchar,
    sektor varchar, program varchar, mulai date not null, selesai date, tgl_bayar date
);

create table rekap (
    batch_id integer not null, row_number integer not null, data_as_of date not null,
    wilayah varchar not null, bulan date not null, segmen varchar not null, sektor varchar,
    peserta_aktif integer not null, sumber varchar not null
);

create table penduduk_bekerja (
    batch_id integer not null, row_number integer not null, data_as_of date not null,
    wilayah varchar not null, sektor varchar not null, per_tanggal date not null,
    pekerja integer not null, bawah integer, atas integer, sumber varchar not null, dokumen varchar
);

create table angka_resmi (
    batch_id integer not null, row_number integer not null, data_as_of date not null,
    wilayah varchar not null, per_tanggal date, segmen varchar not null,
    peserta integer, peserta_presisi integer, potensi integer, potensi_presisi integer,
    persen_tercetak decimal(9, 2), sumber varchar not null
);

create view live_batch as
select batch_id, kind, data_as_of, delivery, scope_kind, scope_value, period_from, period_to
from batch
where undone_at is null;
