#!/bin/sh
# Entry point of the broker's container: writes the passwords from the secrets into the definitions, then starts the broker.
set -eu
definitions=${1:-/etc/mlat/definitions.json}
umask 077
sed -e "s/@node-password@/$(cat /run/secrets/node-password)/g" -e "s/@receiver-password@/$(cat /run/secrets/receiver-password)/g" \
  "$definitions" >/run/mlat/definitions.json
chown rabbitmq /run/mlat/definitions.json
exec docker-entrypoint.sh rabbitmq-server
