# shellcheck shell=bash
# PostgreSQL and RabbitMQ for tests and demonstrations: found on the machine or installed, started as instances of our own on
# loopback and free ports, stopped by process id. Servers that this file did not start are never touched.
#
#   source deploy/servers.sh
#   servers_up demo        start both (nothing to do when they run)
#   servers_env demo       export MLAT_TEST_POSTGRES, MLAT_TEST_RABBITMQ, MLAT_TEST_RABBITMQ_MANAGEMENT
#   servers_down demo      stop both and keep the data (in Docker it goes with the container)
#   servers_wipe demo      stop both and remove everything they wrote
#   postgres_sql demo mlat_xa <file.sql                    as the superuser
#   broker_vhost, broker_user, broker_shovel                what stands on the broker (rabbitmq/broker.sh)
#
# A purpose is a short word. Data and logs live in ${TMPDIR:-/tmp}/mlat-<hash of checkout and user>-<purpose>, because the server
# users of a machine may not enter a home folder; .run/servers-<purpose> in the checkout holds that path.
# Needs bash 4.4, util-linux and curl. As a command: bash deploy/servers.sh up|env|down|wipe PURPOSE.
# No early end of a pipe may decide anything here: under pipefail the writer's broken pipe would count as a "no".
# shellcheck disable=SC2015,SC2034 # A && B || die: die is meant for both; the parts sourced below read the variables

servers_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
servers_run="$servers_root/.run"
# shellcheck source=deploy/processes.sh
source "$servers_root/deploy/processes.sh"

# ---------------------------------------------------------------- what the machine has

dotnet_check() {
  local version
  command -v dotnet >/dev/null ||
    die "The .NET SDK 10.0 is needed and 'dotnet' is not on the PATH. Install it (Debian, Ubuntu: apt-get install dotnet-sdk-10.0; others: https://dotnet.microsoft.com/download) and run this again."
  version=$(cd "$servers_root" && dotnet --version 2>&1) ||
    die "'dotnet' is here, but not an SDK that global.json accepts (10.0.100 or later of 10.0): ${version%%$'\n'*}"
}

docker_answers() { command -v docker >/dev/null && timeout 5 docker info >/dev/null 2>&1; }

# apt_install PACKAGE...: as root only. Services of the packages are kept from starting: we start instances of our own.
apt_install() {
  local policy=/usr/sbin/policy-rc.d made=no status=0 log="$servers_run/apt.log"
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  mkdir -p "$servers_run"
  say "Installing $* with apt-get (log: $log)"
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy" && made=yes
  fi
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >"$log" 2>&1 ||
    { apt-get update >>"$log" 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >>"$log" 2>&1; } ||
    status=1
  [ "$made" = no ] || rm -f "$policy"
  return "$status"
}

curl_check() { command -v curl >/dev/null || apt_install curl || die "curl is needed to set up the broker. Install it and run this again."; }

# ---------------------------------------------------------------- the run folder of a purpose

# servers_open PURPOSE: finds or makes the run folder and reads what is remembered there.
servers_open() {
  local purpose="$1" pointer="$servers_run/servers-$1" hash parent
  [[ "$purpose" =~ ^[a-z][a-z0-9]{0,15}$ ]] || die "A purpose is a short lower-case word, not '$purpose'."
  mkdir -p "$servers_run" 2>/dev/null && [ -w "$servers_run" ] || die "$servers_run cannot be written. It may belong to another user who ran this here before."
  hash=$(printf '%s %s' "$(id -u)" "$servers_root" | sha256sum | cut -c1-10)
  base=''
  [ ! -f "$pointer" ] || base=$(<"$pointer")
  # a checkout that was copied brings along the pointer of the other: not ours
  if [ ! -d "$base" ] || [ "$(basename "$base")" != "mlat-$hash-$purpose" ]; then
    parent="${TMPDIR:-/tmp}"
    parent="${parent%/}"
    # the server users must be able to enter it, and RabbitMQ's scripts do not take spaces
    if [[ "$parent" == *[[:space:]]* ]] || ! setpriv_to nobody test -x "$parent"; then parent=/tmp; fi
    base="$parent/mlat-$hash-$purpose"
    mkdir -m 711 "$base" 2>/dev/null || true
  fi
  [ -d "$base" ] && [ ! -L "$base" ] && [ -O "$base" ] || die "$base exists and is not ours. Remove it, or set TMPDIR to another folder."
  printf '%s\n' "$base" >"$pointer"
  postgres_kind='' postgres_bin='' postgres_port='' postgres_password=''
  rabbitmq_kind='' rabbitmq_bin='' amqp_port='' management_port='' distribution_port='' epmd_port='' rabbitmq_password=''
  # shellcheck source=/dev/null
  [ ! -f "$base/settings" ] || source "$base/settings"
  postgres_user=$(id -un) rabbitmq_user=$(id -un)
  if [ "$(id -u)" = 0 ]; then
    postgres_user=$(server_user postgres) rabbitmq_user=$(server_user rabbitmq)
  fi
  rabbitmq_node="mlat-$(basename "$base" | cut -c6-15)-$purpose@localhost"
}

servers_remember() {
  local name
  (
    umask 077
    for name in postgres_kind postgres_bin postgres_port postgres_password rabbitmq_kind rabbitmq_bin amqp_port management_port distribution_port epmd_port rabbitmq_password; do
      printf '%s=%q\n' "$name" "${!name}"
    done >"$base/settings.new"
  )
  mv "$base/settings.new" "$base/settings"
}

# PostgreSQL refuses to run as root; a server should not in any case.
server_user() { if id -u "$1" >/dev/null 2>&1; then echo "$1"; else echo nobody; fi; }

# server_folder USER FOLDER: an empty private folder that belongs to USER.
server_folder() { rm -rf "$2" && mkdir -m 700 "$2" && { [ "$(id -u)" != 0 ] || chown "$1:$(id -g "$1")" "$2"; }; }

# write_as USER FILE <TEXT: root never writes through a path that another user could bend.
# shellcheck disable=SC2016
write_as() { setpriv_to "$1" sh -c 'umask 077; rm -f "$1"; cat >"$1"; chmod 400 "$1"' sh "$2"; }

secret() { od -An -N 24 -tx1 /dev/urandom | tr -d ' \n'; }

port_busy() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port NAME...: gives each named variable a port on which nobody listens, below the range that clients are given.
free_port() {
  local name port taken=' '
  for name in "$@"; do
    while port=$((20000 + RANDOM % 12000)); [[ "$taken" == *" $port "* ]] || port_busy "$port"; do :; done
    taken+="$port "
    printf -v "$name" %s "$port"
  done
}

# shellcheck source=deploy/postgres/server.sh
source "$servers_root/deploy/postgres/server.sh"
# shellcheck source=deploy/rabbitmq/server.sh
source "$servers_root/deploy/rabbitmq/server.sh"
# shellcheck source=deploy/rabbitmq/broker.sh
source "$servers_root/deploy/rabbitmq/broker.sh"

# ---------------------------------------------------------------- both

servers_up() {
  servers_open "$1"
  curl_check
  postgres_start
  rabbitmq_start
}

servers_down() {
  servers_open "$1"
  rabbitmq_stop
  postgres_stop
}

servers_wipe() {
  servers_down "$1"
  [ "$postgres_kind" != docker ] || docker rm -fv "$(basename "$base")-postgres" >/dev/null 2>&1 || true
  [ "$rabbitmq_kind" != docker ] || docker rm -fv "$(basename "$base")-rabbitmq" >/dev/null 2>&1 || true
  rm -rf "$base" "$servers_run/servers-$1"
}

servers_env() {
  servers_open "$1"
  export MLAT_TEST_POSTGRES="Host=127.0.0.1;Port=$postgres_port;Username=postgres;Password=$postgres_password;Database=postgres"
  export MLAT_TEST_RABBITMQ="amqp://admin:$rabbitmq_password@127.0.0.1:$amqp_port/"
  export MLAT_TEST_RABBITMQ_MANAGEMENT="http://admin:$rabbitmq_password@127.0.0.1:$management_port/"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  set -euo pipefail
  # shellcheck disable=SC2016
  case "${1-} ${2-}" in
    'up '?*) servers_up "$2" ;;
    'env '?*) servers_env "$2"; export -p | grep ' MLAT_TEST_' ;;
    'down '?*) servers_down "$2" ;;
    'wipe '?*) servers_wipe "$2" ;;
    *) die 'Usage: bash deploy/servers.sh up|env|down|wipe PURPOSE   (then: eval "$(bash deploy/servers.sh env PURPOSE)")' ;;
  esac
fi
