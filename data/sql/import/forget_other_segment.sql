-- A JAKON membership lies where its project lies; a personal one has no project. What else a row says is no key.
update typed
set wilayah = case when segmen = 'JAKON' then null else wilayah end,
    kode_proyek = case when segmen = 'JAKON' then kode_proyek end
