select distinct pemilik from typed
