-- A request that was given up or refused before it left stands in the list as what it came to, and so does its closing. The list is built anew from the log.
truncate read.cases;
delete from read.projection where name = 'cases';
