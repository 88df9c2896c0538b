-- Good rows, reasons and references wait under a number of their own while the next table is read.
alter table typed rename to {typed};
alter table refused rename to {refused};
alter table referred rename to {referred};
