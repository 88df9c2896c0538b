update account set last_sign_in_at = :now where name = :name
