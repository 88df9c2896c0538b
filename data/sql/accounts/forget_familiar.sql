delete from familiar where at <= :before
