select file_sha256, max(imported_at) as imported_at
from batch
group by file_sha256
