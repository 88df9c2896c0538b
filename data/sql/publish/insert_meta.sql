insert into edition.meta values ($key, $value)
