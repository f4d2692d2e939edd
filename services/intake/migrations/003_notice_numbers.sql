-- The last number given to a notice in each fiscal year (from April).
create table notice_numbers (year integer primary key, last integer not null);
