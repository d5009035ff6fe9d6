#!/usr/bin/env bash
# The case of the demonstration, through the nodes' routes alone. Run by deploy/demo.
set -euo pipefail
exec dotnet "$MLAT_DEMO_TOOL" demo --requesting "$MLAT_DEMO_XA" --requested "$MLAT_DEMO_XB" --keys "$MLAT_DEMO_KEYS" --work "$MLAT_DEMO_WORK"
