select count(*) from staged
