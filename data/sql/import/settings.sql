-- An import needs little memory, and what it holds in clear must not spill to disk in an order that costs more.
set memory_limit = '1GB';
set preserve_insertion_order = false;
