select hash from entry where number = :number
