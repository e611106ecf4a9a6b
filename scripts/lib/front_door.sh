# shellcheck shell=bash
# Sourced first by every command: strict mode, the folders, and the pieces that commands are made of.
set -euo pipefail
export LC_ALL=C.UTF-8
# Settings of another PostgreSQL or of another SafarGo in the caller's shell must not redirect ours: a DATABASE_DIRECT_URL
# left there would send our migrations and our demo into that database. This covers every variable of apps/api/src/config (a
# test keeps the two lists equal); only PORT is up to the caller.
unset -v "${!PG@}"
unset -v SAFARGO_ENV NODE_ENV DATABASE_URL DATABASE_DIRECT_URL JWT_SECRET JWT_SECRET_PREVIOUS BOARDING_SIGNING_KEY \
    METRICS_TOKEN BIND THREADS DB_POOL_SIZE CONNECTIONS_PER_CLIENT PUBLIC_URL WEB_URL CORS_ORIGINS TRUSTED_PROXIES \
    RATE_LIMIT_IP RATE_LIMIT_USER OTP_IP_LIMIT KYC_REQUIRED TRIP_START_WINDOW SETTLEMENT_DELAY \
    CONTEST_WINDOW DISPUTE_WINDOW TRIPS_PER_DAY PUBLICATIONS_PER_DAY OTP_DAILY_LIMIT DRAIN_DELAY SAFARGO_DATA_DIR LOG_LEVEL \
    REDIS_URL API_REPLICAS OPENSEARCH_URL S3_REGION S3_ENDPOINT S3_UPLOADS_BUCKET S3_PLACES_BUCKET S3_BACKUPS_BUCKET \
    S3_LOGS_BUCKET ASSETS_URL SAFARGO_OBJECTS_DIR SAFARGO_CA_FILE "${!AWS_@}" "${!STRIPE_@}" "${!TWILIO_@}" "${!SENDGRID_@}" "${!VAPID_@}"

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

for piece in say exits steps env_file ports processes packages node postgres cluster cluster_state cluster_server systems system_packages systems_in_use \
    database test_cluster test_systems build api; do
    # shellcheck source=/dev/null
    . "$SAFARGO_ROOT/scripts/lib/$piece.sh"
done
unset piece
