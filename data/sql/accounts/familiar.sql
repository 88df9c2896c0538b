select at from familiar where key = :key
