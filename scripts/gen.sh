#!/bin/sh
# npm run gen: generates the TypeScript types of the contract. The flags must match LOADER_OPTIONS
# in proto/src/index.ts.
set -eu
cd "$(dirname "$0")/../proto"
rm -rf src/gen
proto-loader-gen-types --longs=String --enums=String --defaults --oneofs --grpcLib=@grpc/grpc-js \
  --targetFileExtension=.ts --importFileExtension=.js --includeDirs=. --outDir=src/gen \
  ramz/hsm/v1/verification.proto ramz/hsm/v1/enrolment.proto ramz/hsm/v1/status.proto \
  ramz/hsm/v1/ceremony.proto ramz/hsm/v1/key.proto ramz/hsm/v1/audit.proto ramz/hsm/v1/event.proto \
  ramz/hsm/v1/register.proto ramz/hsm/v1/permission.proto ramz/hsm/v1/life_cycle.proto \
  ramz/hsm/v1/activation.proto ramz/hsm/v1/text.proto
