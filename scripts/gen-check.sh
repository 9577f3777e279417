#!/bin/sh
# npm run gen:check: fails unless the committed types equal those generated from the contract.
set -eu
cd "$(dirname "$0")/.."
before=$(mktemp -d)
trap 'rm -rf "$before"' EXIT
cp -R proto/src/gen "$before/gen"
sh scripts/gen.sh >/dev/null
if ! diff -r "$before/gen" proto/src/gen >/dev/null; then
  echo 'proto/src/gen differs from the types generated from the contract: run "npm run gen" and commit the change' >&2
  exit 1
fi
