-- A sealed message of 4 to 8 KB stays in its row: a second table and index for it cost more than the row saves. Larger ones still go aside.
alter table exchange.inbox_raw set (toast_tuple_target = 8160);
alter table vault.entries set (toast_tuple_target = 8160);
