# shellcheck shell=bash
# Sourced first by every command: strict mode, the folders, and the pieces that commands are made of.
set -euo pipefail
export LC_ALL=C.UTF-8
# Settings of another PostgreSQL in the caller's shell must not redirect ours.
unset -v "${!PG@}"

if [ -z "${SAFARGO_ROOT:-}" ]; then
    SAFARGO_ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
fi
export SAFARGO_ROOT
SAFARGO_STATE=$SAFARGO_ROOT/.safargo
SAFARGO_LOGS=$SAFARGO_STATE/logs
SAFARGO_API_SOURCE=$SAFARGO_ROOT/apps/api
SAFARGO_DATABASE=$SAFARGO_ROOT/packages/database
export SAFARGO_STATE SAFARGO_LOGS SAFARGO_API_SOURCE SAFARGO_DATABASE
PATH=$SAFARGO_STATE/node/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:$PATH

for piece in say exits steps env_file ports processes packages node cluster cluster_server database test_cluster build api; do
    # shellcheck source=/dev/null
    . "$SAFARGO_ROOT/scripts/lib/$piece.sh"
done
unset piece
