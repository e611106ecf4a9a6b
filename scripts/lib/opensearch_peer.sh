# shellcheck shell=bash
# The libraries of an OpenSearch node, fetched once per clone.

PEER=$SAFARGO_STATE/peers/opensearch
DOWNLOAD_TIMEOUT=270 # seconds: with the start itself less than SYSTEM_START_SECONDS

# cannot REASON: the system cannot be had on this machine.
cannot() {
    say "$1" >&2
    exit 77
}

# java_package: that of this release of Debian.
java_package() { if [ "$(debian_release)" = 12 ]; then printf openjdk-17-jdk-headless; else printf openjdk-21-jdk-headless; fi; }

java_is_new_enough() {
    local version
    command -v java >/dev/null || return 1
    version=$(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')
    [ -n "$version" ] && [ "$version" -ge 17 ]
}

# The folder appears under its name only when it is complete.
ensure_peer() {
    local recorded fresh=$PEER.$$
    java_is_new_enough || cannot "OpenSearch needs Java 17 or newer ($(java_package)), which is not installed"
    recorded=$(sha256sum <"$SOURCES/pom.xml")
    if [ "$(cat "$PEER/pom.sha256" 2>/dev/null)" = "$recorded" ]; then return 0; fi
    command -v mvn >/dev/null || cannot "OpenSearch is fetched by Maven (mvn), which is not installed"
    mkdir -p "$fresh"
    on_exit "rm -rf $fresh"
    cp "$SOURCES/pom.xml" "$fresh/"
    timeout "$DOWNLOAD_TIMEOUT" mvn -q -B -f "$fresh/pom.xml" dependency:copy-dependencies -DoutputDirectory=lib \
        >"$fresh/maven.log" 2>&1 || cannot "OpenSearch cannot be fetched: Maven's registry does not serve it here"
    printf '%s\n' "$recorded" >"$fresh/pom.sha256"
    rm -rf "$PEER"
    mv "$fresh" "$PEER"
}
