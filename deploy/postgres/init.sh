#!/bin/sh
# First start of a jurisdiction's PostgreSQL in docker-compose.yml: one database and its roles. The owner migrates; the node's role
# reads and inserts events and can change none; only the sequencer moves them into the log. Passwords are hex digits from secrets.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres <<SQL
create role node_owner login inherit password '$(cat /run/secrets/postgres-owner)';
create role node_app login noinherit password '$(cat /run/secrets/postgres-app)';
create role node_sequencer login noinherit password '$(cat /run/secrets/postgres-sequencer)';
create role mlat_archiver nologin noinherit;
create database mlat owner node_owner;
revoke all on database mlat from public;
SQL
