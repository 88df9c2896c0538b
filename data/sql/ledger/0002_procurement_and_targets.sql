-- Ledger, schema 2: what procurement records add to projects, payments, and targets.

-- Where the place of a project is known from: 'lokasi' the place of work as given, 'instansi' the buyer's territory;
-- null where a file states the place itself.
alter table proyek add column wilayah_dari varchar;

-- One row is one payment asked for or made under a contract.
create table pembayaran (
    batch_id integer not null, row_number integer not null, data_as_of date not null,
    kode_proyek varchar not null, tgl_permohonan date, termin varchar, jumlah decimal(18, 2),
    progres decimal(9, 2), tgl_bayar date
);

-- One row is what a contract said before an addendum; it lives and is undone with the batch of its project.
create table nilai_lama (
    batch_id integer not null, row_number integer not null, data_as_of date not null,
    kode_proyek varchar not null, versi integer, tgl date, nilai_kontrak decimal(18, 2), selesai date
);

-- One row is one target of one issuer. unit is a Kemendagri code, else the name of a branch or owner.
create table target (
    batch_id integer not null, row_number integer not null, data_as_of date not null,
    unit varchar not null, tahun integer not null, indikator varchar not null, segmen varchar not null,
    sektor varchar, jenis_hitungan varchar not null, nilai decimal(18, 4) not null, satuan varchar not null,
    penerbit varchar not null, dokumen varchar
);
