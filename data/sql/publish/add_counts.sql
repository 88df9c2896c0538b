insert into {table}_partial
{query}
