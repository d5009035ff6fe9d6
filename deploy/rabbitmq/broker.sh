# shellcheck shell=bash disable=SC2015,SC2154
# What stands on a broker: virtual hosts, users, queues and shovels, through its management interface. Sourced by deploy/servers.sh.

# broker_call METHOD PATH [JSON]: the management interface as administrator; passwords stay off the command line.
broker_call() {
  local body=()
  [ $# -lt 3 ] || body=(--data-binary @-)
  printf '%s' "${3-}" | curl -sS -f -K <(printf 'user = "admin:%s"\n' "$rabbitmq_password") --noproxy '*' --max-time 20 \
    -X "$1" -H 'content-type: application/json' "${body[@]}" "http://127.0.0.1:$management_port$2"
}

# broker_vhost PURPOSE VHOST: an empty virtual host; one of that name is replaced.
broker_vhost() {
  servers_open "$1"
  broker_call DELETE "/api/vhosts/$2" >/dev/null 2>&1 || true
  broker_call PUT "/api/vhosts/$2" '{"default_queue_type":"quorum"}' >/dev/null
}

# broker_user PURPOSE VHOST USER PASSWORD CONFIGURE WRITE READ: an untagged user with these permissions (regular expressions, '' for
# none) in one virtual host. Names that the protocol fixes:
#   node      '^mlat\.(outgoing|incoming)\.' '^mlat\.(outgoing|incoming)\.' '^mlat\.incoming\.'
#   link      '' '' '^mlat\.outgoing\.xb$'         the other side's shovel: reads its queue, nothing else
#   receiver  '' '^mlat\.incoming\.xa$' ''         our own shovel: writes what it fetched there, nothing else
broker_user() {
  servers_open "$1"
  broker_call PUT "/api/users/$3" "{\"password\":\"$4\",\"tags\":\"\"}" >/dev/null
  broker_call PUT "/api/permissions/$2/$3" "{\"configure\":\"$(json_regex "$5")\",\"write\":\"$(json_regex "$6")\",\"read\":\"$(json_regex "$7")\"}" >/dev/null
}

# An empty expression matches nothing in RabbitMQ 3 and 4 alike when it is written as ^$.
json_regex() { local expression="${1:-^$}"; printf '%s' "${expression//\\/\\\\}"; }

# broker_shovel PURPOSE NAME FROM-VHOST FROM-USER FROM-PASSWORD QUEUE TO-VHOST TO-USER TO-PASSWORD EXCHANGE
# Defined in the receiver's virtual host, as the receiver's broker would: it fetches QUEUE there and publishes to EXCHANGE here.
# Acknowledged only when the receiver has confirmed. Both must exist.
broker_shovel() {
  local at
  servers_open "$1"
  at="127.0.0.1:$amqp_port"
  broker_call PUT "/api/parameters/shovel/$7/$2" "$(printf '{"value":{"src-protocol":"amqp091","src-uri":"amqp://%s:%s@%s/%s","src-queue":"%s","src-queue-args":{"x-queue-type":"quorum"},"src-prefetch-count":256,"dest-protocol":"amqp091","dest-uri":"amqp://%s:%s@%s/%s","dest-exchange":"%s","dest-add-forward-headers":false,"dest-add-timestamp-header":false,"ack-mode":"on-confirm","reconnect-delay":1}}' \
    "$4" "$5" "$at" "$3" "$6" "$8" "$9" "$at" "$7" "${10}")" >/dev/null
}
