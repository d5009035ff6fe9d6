# shellcheck shell=bash disable=SC2154
# The three jurisdictions of the demonstration: their databases, what stands for them on the broker, their nodes. Sourced by deploy/demo.

demo_folder="$servers_run/demo"
demo_codes=(xa xb xc)

port_of() { case "$1" in xa) echo 5101 ;; xb) echo 5102 ;; xc) echo 5103 ;; esac; }

counterparts_of() { case "$1" in xa) echo xb xc ;; xb) echo xa xc ;; xc) echo xa xb ;; esac; }

# Which legal instruments two of them have between them.
in_force() {
  case "$1-$2" in
    xa-xb | xb-xa) echo EEV EIO BC ;;
    xa-xc | xc-xa) echo EIO BC UNTOC BILATERAL:XA-XC ;;
    xb-xc | xc-xb) echo BC ;;
  esac
}

# password CODE USE: made once per run of the demonstration.
password() {
  local file="$demo_folder/$1/password-$2"
  [ -s "$file" ] || secret >"$file"
  cat "$file"
}

# An empty database per jurisdiction with roles of its own: the owner migrates, the node's role only reads and inserts events,
# the sequencer's role moves them into the log. No role of one can connect to the database of another.
make_databases() {
  local code
  for code in "${demo_codes[@]}"; do
    printf '%s;\n' \
      "drop database if exists mlat_$code with (force)" \
      "drop role if exists ${code}_app" "drop role if exists ${code}_sequencer" "drop role if exists mlat_${code}_archiver" "drop role if exists ${code}_owner" \
      "create role ${code}_owner login inherit password '$(password "$code" owner)'" \
      "create role ${code}_app login noinherit password '$(password "$code" app)'" \
      "create role ${code}_sequencer login noinherit password '$(password "$code" sequencer)'" \
      "create role mlat_${code}_archiver nologin noinherit" \
      "create database mlat_$code owner ${code}_owner" \
      "revoke all on database mlat_$code from public"
  done | postgres_sql demo postgres
}

# A virtual host per jurisdiction stands for its broker. Users: its node, its own receiver, and a link for each counterpart.
make_vhosts() {
  local code other
  for code in "${demo_codes[@]}"; do
    broker_vhost demo "$code"
    broker_user demo "$code" "$code-node" "$(password "$code" broker)" '^mlat\.(outgoing|incoming)\.' '^mlat\.(outgoing|incoming)\.' '^mlat\.incoming\.'
    broker_user demo "$code" "$code-receiver" "$(password "$code" receiver)" '' '^mlat\.incoming\.x[abc]$' ''
    for other in $(counterparts_of "$code"); do
      broker_user demo "$code" "$code-link-$other" "$(password "$code" "link-$other")" '' '' "^mlat\\.outgoing\\.$other\$"
    done
  done
}

# Made when the nodes are ready, because the nodes declare their queues: each side fetches what the other has for it.
make_shovels() {
  local code other
  for code in "${demo_codes[@]}"; do
    for other in $(counterparts_of "$code"); do
      broker_shovel demo "from-$other" "$other" "$other-link-$code" "$(password "$other" "link-$code")" "mlat.outgoing.$code" \
        "$code" "$code-receiver" "$(password "$code" receiver)" "mlat.incoming.$other"
    done
  done
}

# node_settings CODE: one NAME=VALUE a line.
node_settings() {
  local code="$1" port other instrument n database
  port=$(port_of "$code")
  database="Host=127.0.0.1;Port=$postgres_port;Database=mlat_$code"
  printf '%s\n' \
    "Node:Jurisdiction=${code^^}" \
    "Urls=http://127.0.0.1:$port" \
    "Node:BaseUrl=http://127.0.0.1:$port" \
    "Node:KeysPath=$demo_folder/keys/$code/node" \
    "Node:TrustPath=$demo_folder/keys/trust" \
    "Node:DataPath=$demo_folder/$code/data" \
    "Storage:Driver=postgres" \
    "Storage:ConnectionString=$database;Username=${code}_app;Password=$(password "$code" app)" \
    "Storage:SequencerConnectionString=$database;Username=${code}_sequencer;Password=$(password "$code" sequencer)" \
    "Storage:MigrationConnectionString=$database;Username=${code}_owner;Password=$(password "$code" owner)" \
    "Access:Mode=Demo" \
    "RulePacks:Path=$servers_root/contracts/rule-packs" \
    "Erasure:NotBeforeSeconds=2" \
    "KeyStore:EpochSeconds=10"
  if [ "$demo_bus" = rabbitmq ]; then
    printf '%s\n' "Bus:Transport=rabbitmq" "Bus:Uri=amqp://$code-node:$(password "$code" broker)@127.0.0.1:$amqp_port/$code"
  else
    printf '%s\n' "Bus:Transport=in-memory"
  fi
  for other in $(counterparts_of "$code"); do
    n=0
    for instrument in $(in_force "$code" "$other"); do
      printf '%s\n' "Instruments:InForce:${other^^}:$n=$instrument"
      n=$((n + 1))
    done
  done
}

# start_nodes: one process each; with the bus in memory all three in one, which alone can reach it.
start_nodes() {
  local base="$demo_folder" code name files=()
  export ASPNETCORE_ENVIRONMENT=Demo DOTNET_ENVIRONMENT=Demo DOTNET_NOLOGO=1
  for code in "${demo_codes[@]}"; do
    if [ "$demo_bus" = rabbitmq ]; then
      (
        # through the environment and not as arguments, which every user of the machine may read
        while IFS= read -r line; do
          name=${line%%=*}
          export "${name//:/__}=${line#*=}"
        done < <(node_settings "$code")
        launch "$(id -un)" "$code" dotnet "$demo_node"
      )
    else
      node_settings "$code" | sed -E 's/(["\\])/\\\1/g; s/^([^=]*)=(.*)$/"\1":"\2"/' | paste -sd , | sed 's/.*/{&}/' >"$demo_folder/$code/settings.json"
      files+=("$demo_folder/$code/settings.json")
    fi
  done
  [ "$demo_bus" = rabbitmq ] || launch "$(id -un)" embedded dotnet "$demo_node" --embedded "${files[@]}"
}

# wait_ready: until every node says that all its parts are in order.
wait_ready() {
  local base="$demo_folder" code name answer deadline=$((SECONDS + 90))
  for code in "${demo_codes[@]}"; do
    name=$code
    [ "$demo_bus" = rabbitmq ] || name=embedded
    until answer=$(curl -s --noproxy '*' --max-time 10 -w '\n%{http_code}' "http://127.0.0.1:$(port_of "$code")/health/ready") && [ "${answer##*$'\n'}" = 200 ]; do
      running "$name" || { tail -n 20 "$base/$name.log" >&2; die "The node ${code^^} ended (log: .run/demo/$name.log)."; }
      [ "$SECONDS" -lt "$deadline" ] || { tail -n 20 "$base/$name.log" >&2; die "The node ${code^^} is not ready: ${answer%$'\n'*} (log: .run/demo/$name.log)."; }
      sleep 0.2
    done
  done
}

stop_nodes() {
  local base="$demo_folder" name
  for name in "${demo_codes[@]}" embedded; do stop_process "$name" TERM 20; done
}
