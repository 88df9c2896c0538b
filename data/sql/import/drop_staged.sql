-- Only the values are needed from here on.
drop table staged
