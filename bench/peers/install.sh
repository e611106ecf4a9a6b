#!/usr/bin/env bash
# Installs the peers and builds the one that needs it, with SafarGo's own Node and pnpm; a second run does nothing.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../../scripts/lib/front_door.sh"

[ $# = 0 ] || usage_error "bench/peers/install.sh takes no arguments"
PEERS=$SAFARGO_ROOT/bench/peers
PEERS_MARK=$PEERS/node_modules/.safargo

# peers_fingerprint: the sources of the installed packages and the build.
peers_fingerprint() {
    (cd "$PEERS" && printf '%s\n' "$NODE_VERSION" &&
        find . \( -name node_modules -o -name dist -o -name generated \) -prune -o -type f -print0 | sort -z |
        xargs -0 sha256sum) | sha256sum | cut -d' ' -f1
}

install_peers() {
    cd "$PEERS" &&
        CI=true timeout "$INSTALL_TIMEOUT" pnpm install --frozen-lockfile &&
        rm -rf nestjs/dist nestjs/src/generated &&
        # Without an engine nothing is fetched: the client of a driver adapter needs none.
        (cd nestjs && PRISMA_SCHEMA_ENGINE_BINARY=/bin/true CHECKPOINT_DISABLE=1 pnpm run generate && pnpm run build) &&
        pnpm exec tsc --noEmit &&
        peers_fingerprint >"$PEERS_MARK"
}

ensure_node
if [ "$(cat "$PEERS_MARK" 2>/dev/null)" = "$(peers_fingerprint)" ]; then exit 0; fi
run_step "peers: Fastify, NestJS and Prisma" peers-install \
    "when the lock file is out of date: cd bench/peers && ../../.safargo/node/bin/pnpm install, and commit it" install_peers
