#!/usr/bin/env bash
# The case of the demonstration, through the nodes' routes alone. Run by deploy/demo.
set -euo pipefail
play() { dotnet "$MLAT_DEMO_TOOL" demo --requesting "$MLAT_DEMO_XA" --requested "$MLAT_DEMO_XB" --keys "$MLAT_DEMO_KEYS" --work "$MLAT_DEMO_WORK" "$@"; }
[ -n "${MLAT_DEMO_EVIDENCE:-}" ] || { play; exit; }

# With large evidence: what the machine can do, measured in the same run, beside what the steps print; and the nodes' memory.
mib() { awk -v k="$1" 'BEGIN {printf "%.0f MiB", k / 1024}'; }
memory() { # CODE FIELD: VmRSS now, VmHWM at most, of the node's process
  local pid
  read -r pid _ <"$MLAT_DEMO_FOLDER/$1.pid" 2>/dev/null || read -r pid _ <"$MLAT_DEMO_FOLDER/embedded.pid"
  awk -v f="$2:" '$1 == f {print $2}' "/proc/$pid/status"
}
speed() { openssl speed -elapsed -seconds 2 -bytes 16384 -evp "$1" 2>/dev/null | awk 'END {sub("k$", "", $NF); printf "%.0f", $NF * 1000 / 1048576}'; }
# At most three times the evidence lies here at once: at either node and opened. The rest is room for databases and logs.
free=$(df -k --output=avail "$MLAT_DEMO_WORK" | tail -n 1)
[ "$free" -gt $((MLAT_DEMO_EVIDENCE / 1024 * 32 / 10)) ] || { echo "There is no room: 3.2 times the evidence is needed." >&2; exit 1; }
before_xa=$(memory xa VmRSS) before_xb=$(memory xb VmRSS)
gcm=$(speed aes-256-gcm) sha=$(speed sha256)

evidence=$MLAT_DEMO_WORK/evidence.bin
head -c "$MLAT_DEMO_EVIDENCE" /dev/urandom >"$evidence" && sync "$evidence"
began=$(date +%s.%N)
cp "$evidence" "$MLAT_DEMO_WORK/copy.bin" && sync "$MLAT_DEMO_WORK/copy.bin"
ended=$(date +%s.%N)
rm "$MLAT_DEMO_WORK/copy.bin"

peak=$MLAT_DEMO_FOLDER/peak-disk
used() { du -sk "$MLAT_DEMO_FOLDER" 2>/dev/null | cut -f 1; }
start=$(used)
echo "$start" >"$peak"
while sleep 0.5; do
  now=$(used)
  [ "${now:-0}" -le "$(cat "$peak")" ] || echo "$now" >"$peak"
done &
watch=$!
trap 'kill "$watch" 2>/dev/null || true' EXIT
play --size "$MLAT_DEMO_EVIDENCE"
kill "$watch"

awk -v g="$gcm" -v h="$sha" -v b="$MLAT_DEMO_EVIDENCE" -v s="$began" -v e="$ended" 'BEGIN {
  printf "beside: openssl speed -evp aes-256-gcm %d MiB/s, sha256 %d MiB/s, both in turn %d MiB/s; cp with sync %d MiB/s\n", g, h, 1 / (1 / g + 1 / h), b / 1048576 / (e - s)}'
awk -v p="$(cat "$peak")" -v s="$start" -v b="$MLAT_DEMO_EVIDENCE" 'BEGIN {
  over = p - s + b / 1024
  printf "disk: %.2f GiB at most for evidence on both sides and in between, %.2f times its size\n", over / 1048576, over * 1024 / b}'
for code in xa xb; do
  before=before_$code
  echo "memory of node ${code^^}: $(mib "${!before}") before, $(mib "$(memory "$code" VmRSS)") after, $(mib "$(memory "$code" VmHWM)") at most"
done
