-- The number of a sole proprietor, or of nobody knows whom, may be a person's.
update typed
set telepon_penyedia = null
where penyedia is null or penyedia = 'Perseorangan'
