select (select count(*) from ledger.kepesertaan) + (select count(*) from ledger.tenaga_kerja)
