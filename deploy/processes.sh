# shellcheck shell=bash disable=SC2015,SC2154
# How the scripts here start, find and end processes, and how they tell what they do. Sourced by servers.sh.

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# setpriv_to USER COMMAND...: as USER when we are root, as ourselves otherwise.
setpriv_to() {
  local user="$1"
  shift
  if [ "$(id -u)" = 0 ]; then setpriv --reuid="$user" --regid="$(id -g "$user")" --init-groups "$@"; else "$@"; fi
}

# launch USER NAME COMMAND...: in the background and in a session of its own, so that Ctrl-C ends the script and not the server;
# its process id goes to NAME.pid, its output to NAME.log, both in the folder $base.
launch() {
  local user="$1" name="$2" as=()
  shift 2
  [ "$(id -u)" != 0 ] || as=(setpriv --reuid="$user" --regid="$(id -g "$user")" --init-groups)
  (
    umask 077
    set +m # with job control setsid would fork, and the process id would be another
    "${as[@]}" setsid "$@" >"$base/$name.log" 2>&1 </dev/null &
    printf '%s %s\n' $! "$(began $!)" >"$base/$name.pid"
  )
}

# When a process began, in clock ticks since the machine did: with the id it names one process; an id alone is used again.
began() { local line; { read -r line <"/proc/$1/stat"; } 2>/dev/null && line=${line##*) } && cut -d ' ' -f 20 <<<"$line"; }

# running NAME: true while the process that launch started under this name lives.
running() {
  local pid='' start=''
  { [ -f "$base/$1.pid" ] && read -r pid start <"$base/$1.pid" && [ -n "$start" ]; } && [ "$(began "$pid")" = "$start" ]
}

# stop_process NAME SIGNAL SECONDS
stop_process() {
  local pid deadline=$((SECONDS + $3))
  if running "$1"; then
    read -r pid _ <"$base/$1.pid"
    kill "-$2" "$pid" 2>/dev/null || true
    while running "$1"; do
      [ "$SECONDS" -lt "$deadline" ] || { kill -KILL "$pid" 2>/dev/null || true; deadline=$((SECONDS + 10)); }
      sleep 0.1
    done
  fi
  rm -f "$base/$1.pid"
}

# only_one NAME: refuses when the same script already runs in this checkout.
only_one() {
  local base="$servers_run" pid
  mkdir -p "$base"
  if running "$1"; then
    read -r pid _ <"$base/$1.pid"
    die "deploy/$1 already runs in this checkout (process $pid)."
  fi
  printf '%s %s\n' $$ "$(began $$)" >"$base/$1.pid"
}

child='' ended=0

# interruptibly COMMAND...: runs it so that a signal is heard at once, not when the command is through; its exit code is in $ended.
# It has a process group of its own, so that its children end with it. Never call this in a condition: bash would then let COMMAND
# run on after an error.
interruptibly() {
  set -m
  "$@" &
  child=$!
  set +m
  ended=0
  wait "$child" || ended=$?
  child=''
}

# at_end FUNCTION: called once when the script ends, by itself, by an error, by Ctrl-C or by a signal.
at_end() {
  # shellcheck disable=SC2064
  trap "ends $1" EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

ends() {
  local status=$?
  trap - EXIT INT TERM HUP
  [ -z "$child" ] || { kill -TERM -- "-$child" && wait "$child"; } 2>/dev/null || true
  "$1" || true
  exit "$status"
}

# step SENTENCE LOG COMMAND...: says what is done and how long it took; output goes to LOG, shown when COMMAND fails.
step() {
  local sentence="$1" log="$2" began=$SECONDS
  shift 2
  printf '%-58s' "$sentence"
  interruptibly "$@" >"$log" 2>&1
  if [ "$ended" != 0 ]; then
    echo failed
    tail -n 40 "$log" >&2
    die "Log: $log"
  fi
  printf '%4d s\n' $((SECONDS - began))
}
