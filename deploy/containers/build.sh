#!/usr/bin/env bash
# Builds the images of all services, or of those named, from what Maven has built (./sluice build).
#
#   deploy/containers/build.sh [SERVICE...]
#
# TAG     tag of the images (default: dev)
# PREFIX  what image names start with (default: sluice), for example registry.example.com/sluice
# BASE    image with a Java 25 runtime and bash (default: eclipse-temurin:25-jre)
# DOCKER  the program that builds (default: docker; podman works too)
# OPTIONS further options of each build, for example --network=host
set -euo pipefail
ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
FILES="$ROOT/deploy/containers"
TAG=${TAG:-dev}
PREFIX=${PREFIX:-sluice}
DOCKER=${DOCKER:-docker}
read -r -a options <<<"${OPTIONS:-}"

services=("$@")
if [ "${#services[@]}" -eq 0 ]; then
  for file in "$FILES"/*.Containerfile; do
    name=$(basename "$file" .Containerfile)
    [ "$name" = runtime ] || services+=("$name")
  done
fi
for service in "${services[@]}"; do
  [ -f "$FILES/$service.Containerfile" ] || { echo "build.sh: there is no service $service" >&2; exit 1; }
  [ -f "$ROOT/$service/target/quarkus-app/quarkus-run.jar" ] ||
    { echo "build.sh: $service is not built yet: run ./sluice build first" >&2; exit 1; }
done

"$DOCKER" build ${options[@]+"${options[@]}"} ${BASE:+--build-arg "BASE=$BASE"} \
  -t "$PREFIX/runtime:$TAG" -f "$FILES/runtime.Containerfile" "$FILES"
for service in "${services[@]}"; do
  "$DOCKER" build ${options[@]+"${options[@]}"} --build-arg "RUNTIME=$PREFIX/runtime:$TAG" \
    -t "$PREFIX/$service:$TAG" -f "$FILES/$service.Containerfile" "$ROOT/$service/target/quarkus-app"
done
