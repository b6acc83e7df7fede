#!/bin/bash
# One database and one role without other rights for the control plane, one for the schema registry.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -v control="$CONTROL_DB_PASSWORD" -v registry="$REGISTRY_DB_PASSWORD" \
  --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE sluice LOGIN PASSWORD :'control';
CREATE DATABASE sluice OWNER sluice;
CREATE ROLE registry LOGIN PASSWORD :'registry';
CREATE DATABASE registry OWNER registry;
SQL
