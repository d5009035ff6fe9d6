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
free=$(df -k --output=avail "$MLAT_DEMO_WORK" | tail -n 1)
[ "$free" -gt $((MLAT_DEMO_EVIDENCE / 1024 * 6)) ] || { echo "There is no room: six times the evidence is needed." >&2; exit 1; }
before_xa=$(memory xa VmRSS) before_xb=$(memory xb VmRSS)
gcm=$(speed aes-256-gcm) sha=$(speed sha256)
play --size "$MLAT_DEMO_EVIDENCE"
began=$(date +%s.%N)
cp "$MLAT_DEMO_WORK/evidence.bin" "$MLAT_DEMO_WORK/copy.bin" && sync "$MLAT_DEMO_WORK/copy.bin"
ended=$(date +%s.%N)
rm "$MLAT_DEMO_WORK/copy.bin"
awk -v g="$gcm" -v h="$sha" -v b="$MLAT_DEMO_EVIDENCE" -v s="$began" -v e="$ended" 'BEGIN {
  printf "beside: openssl speed -evp aes-256-gcm %d MiB/s, sha256 %d MiB/s, both in turn %d MiB/s; cp with sync %d MiB/s\n", g, h, 1 / (1 / g + 1 / h), b / 1048576 / (e - s)}'
for code in xa xb; do
  before=before_$code
  echo "memory of node ${code^^}: $(mib "${!before}") before, $(mib "$(memory "$code" VmRSS)") after, $(mib "$(memory "$code" VmHWM)") at most"
done
