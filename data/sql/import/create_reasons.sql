-- What each code says to the sender; headings are the columns as the file spells them.
create or replace temp table reason as select code, message, remedy from reasons;
create or replace temp table heading as select column_name, header from headings;
