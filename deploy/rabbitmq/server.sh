# shellcheck shell=bash disable=SC2015,SC2154
# RabbitMQ for deploy/servers.sh, which sources this file: find or install, start, stop.

servers_rabbitmq_image=rabbitmq:4.2-management

# The folder with RabbitMQ's own scripts (the ones on the PATH of Debian insist on a fixed user); empty when there is none.
rabbitmq_folder() {
  local folder
  for folder in /usr/lib/rabbitmq/bin /usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin /opt/rabbitmq/sbin; do
    [ ! -x "$folder/rabbitmq-server" ] || { printf '%s\n' "$folder"; return; }
  done
}

rabbitmq_find() {
  [ -z "$rabbitmq_kind" ] || [ "$rabbitmq_kind" = docker ] || [ -x "$rabbitmq_bin/rabbitmq-server" ] || rabbitmq_kind=''
  [ -z "$rabbitmq_kind" ] || return 0
  rabbitmq_kind=machine rabbitmq_bin=$(rabbitmq_folder)
  [ -z "$rabbitmq_bin" ] || return 0
  if apt_install rabbitmq-server; then
    rabbitmq_bin=$(rabbitmq_folder)
    rabbitmq_user=$(server_user rabbitmq)
    [ -z "$rabbitmq_bin" ] || return 0
  fi
  docker_answers ||
    die "RabbitMQ is needed. It is not on this machine and could not be installed: run this as root on Debian or Ubuntu, or install it (apt-get install rabbitmq-server), or start a Docker engine. The demonstration also runs without a broker: deploy/demo --embedded-bus."
  rabbitmq_kind=docker
}

rabbitmq_running() {
  if [ "$rabbitmq_kind" = docker ]; then
    [ "$(docker inspect -f '{{.State.Running}}' "$(basename "$base")-rabbitmq" 2>/dev/null)" = true ]
  else
    running rabbitmq
  fi
}

# rabbitmq_conf ADDRESS: no secret in it, so that a container may read it.
rabbitmq_conf() {
  printf '%s\n' "listeners.tcp.1 = $1:$amqp_port" "management.tcp.ip = $1" "management.tcp.port = $management_port" \
    'loopback_users = none' 'disk_free_limit.absolute = 100MB' 'log.console = true' 'log.console.level = warning' 'log.file = false'
}

rabbitmq_plugins='[rabbitmq_management,rabbitmq_shovel,rabbitmq_shovel_management].'

# Its own port mapper and node name: nothing is shared with another broker on this machine, and nothing is left running.
rabbitmq_launch() {
  local folder="$base/rabbitmq" file text
  [ -d "$folder" ] || server_folder "$rabbitmq_user" "$folder"
  for file in rabbitmq.conf enabled_plugins rabbitmq-env.conf .erlang.cookie; do
    case "$file" in
      rabbitmq.conf) text=$(rabbitmq_conf 127.0.0.1; printf 'default_user = admin\ndefault_pass = %s\n' "$rabbitmq_password") ;;
      enabled_plugins) text=$rabbitmq_plugins ;;
      rabbitmq-env.conf) text='' ;;
      .erlang.cookie) text=$(secret) ;;
    esac
    printf '%s\n' "$text" | write_as "$rabbitmq_user" "$folder/$file"
  done
  launch "$rabbitmq_user" epmd env -i PATH="$PATH" epmd -address 127.0.0.1 -port "$epmd_port"
  # or the broker would start one of its own, which nobody stops
  while running epmd && ! port_busy "$epmd_port"; do sleep 0.05; done
  # RUNNING_UNDER_SYSTEMD: the script becomes the server instead of waiting for it, so that its process id is the server's
  launch "$rabbitmq_user" rabbitmq env -i PATH="$PATH" HOME="$folder" LANG=C.UTF-8 RUNNING_UNDER_SYSTEMD=1 RABBITMQ_NODENAME="$rabbitmq_node" \
    RABBITMQ_CONF_ENV_FILE="$folder/rabbitmq-env.conf" RABBITMQ_CONFIG_FILE="$folder/rabbitmq.conf" RABBITMQ_ENABLED_PLUGINS_FILE="$folder/enabled_plugins" \
    RABBITMQ_MNESIA_BASE="$folder/mnesia" RABBITMQ_LOG_BASE="$folder/log" RABBITMQ_DIST_PORT="$distribution_port" \
    ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT="$epmd_port" \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1}' \
    "$rabbitmq_bin/rabbitmq-server"
}

rabbitmq_docker() {
  local name
  name="$(basename "$base")-rabbitmq"
  docker rm -f "$name" >/dev/null 2>&1 || true
  (umask 077; printf 'RABBITMQ_DEFAULT_USER=admin\nRABBITMQ_DEFAULT_PASS=%s\n' "$rabbitmq_password" >"$base/rabbitmq.env")
  rabbitmq_conf 0.0.0.0 >"$base/rabbitmq.conf"
  printf '%s\n' "$rabbitmq_plugins" >"$base/enabled_plugins"
  chmod 644 "$base/rabbitmq.conf" "$base/enabled_plugins"
  # the same port inside and outside, so that an address means the same to a shovel in the broker and to a node beside it
  { docker create --name "$name" --hostname localhost --env-file "$base/rabbitmq.env" \
      -p "127.0.0.1:$amqp_port:$amqp_port" -p "127.0.0.1:$management_port:$management_port" "$servers_rabbitmq_image" &&
    docker cp "$base/rabbitmq.conf" "$name:/etc/rabbitmq/conf.d/90-mlat.conf" &&
    docker cp "$base/enabled_plugins" "$name:/etc/rabbitmq/enabled_plugins" &&
    docker start "$name"; } >"$base/rabbitmq.log" 2>&1
}

rabbitmq_wait() {
  local deadline=$((SECONDS + 120))
  until broker_call GET /api/health/checks/local-alarms >/dev/null 2>&1 && broker_call GET /api/whoami >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] && rabbitmq_running || return 1
    sleep 0.2
  done
}

rabbitmq_start() {
  local try
  rabbitmq_find
  ! rabbitmq_running || { rabbitmq_wait && return 0; }
  [ -n "$rabbitmq_password" ] || rabbitmq_password=$(secret)
  for try in 1 2 3; do
    { [ "$try" = 1 ] && [ -n "$amqp_port" ] && ! port_busy "$amqp_port" && ! port_busy "$management_port" && ! port_busy "$distribution_port" && ! port_busy "$epmd_port"; } ||
      free_port amqp_port management_port distribution_port epmd_port
    servers_remember
    if [ "$rabbitmq_kind" = docker ]; then rabbitmq_docker && rabbitmq_wait && return 0
    else rabbitmq_launch && rabbitmq_wait && return 0; fi
    rabbitmq_stop
  done
  tail -n 5 "$base/rabbitmq.log" >&2
  die "RabbitMQ did not start (log: $base/rabbitmq.log)."
}

rabbitmq_stop() {
  # these are thrown away: no need to wait for an orderly end
  local signal=TERM
  case "$base" in *-test | *-demo) signal=KILL ;; esac
  if [ "$rabbitmq_kind" = docker ]; then
    docker stop -t 20 "$(basename "$base")-rabbitmq" >/dev/null 2>&1 || true
  else
    stop_process rabbitmq "$signal" 40
    stop_process epmd KILL 5
  fi
}
