-- Sessions of the pages. A cookie alone opens nothing: its session must be here and have been used lately, so ending the row ends every copy of the cookie.
-- owner: keyed digest of the official's subject under a key outside the database. device: family of browser and system, no version.
create table api.sessions (
  id uuid primary key,
  owner bytea not null,
  device text not null,
  began timestamptz not null,
  seen timestamptz not null
);
create index sessions_by_owner on api.sessions (owner);
create index sessions_by_seen on api.sessions (seen);
