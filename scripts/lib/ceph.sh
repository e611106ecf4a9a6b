# shellcheck shell=bash
# A one-machine Ceph in a home folder, for its S3 gateway: a monitor, one store of objects in memory, and radosgw, on
# loopback. A store that is asked to stop writes its objects down; a crash loses them. HOME/run has the three processes, HOME/log
# what they say.

# use_ceph_home HOME: the processes of this home, and no other's, are recorded and stopped from now on.
use_ceph_home() {
    CEPH_HOME=$1
    export SAFARGO_STATE=$1 SAFARGO_LOGS=$1/log CEPH_CONF=$1/ceph.conf
}

ceph_is_installed() {
    local program
    for program in ceph-mon ceph-osd radosgw radosgw-admin ceph-authtool monmaptool ceph curl; do
        command -v "$program" >/dev/null || return 1
    done
}

# wait_for SECONDS COMMAND...: until it succeeds.
wait_for() {
    local until=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$until" ] || return 1
        sleep 0.1
    done
}

# Without tcp_nodelay each answer waits 40 ms, without the paxos intervals the
# start takes 15 s, and without keys (auth=none) the gateway does not start.
ceph_settings() { # MONITOR_PORT GATEWAY_PORT
    cat <<C
[global]
fsid=$(cat /proc/sys/kernel/random/uuid)
mon_host=v2:127.0.0.1:$1/0
public_addr=127.0.0.1
cluster_addr=127.0.0.1
ms_bind_ipv6=false
osd_pool_default_size=1
osd_pool_default_min_size=1
osd_pool_default_pg_num=4
osd_pool_default_pgp_num=4
osd_pool_default_pg_autoscale_mode=off
osd_crush_chooseleaf_type=0
mon_allow_pool_size_one=true
mon_warn_on_pool_no_redundancy=false
mon_max_pg_per_osd=2000
run_dir=$CEPH_HOME/run
admin_socket=
pid_file=
log_file=$CEPH_HOME/log/\$name.log
log_to_stderr=false
keyring=$CEPH_HOME/keyring
[mon]
mon_data=$CEPH_HOME/mon
mon_cluster_log_file=$CEPH_HOME/log/cluster.log
mon_data_avail_crit=1
paxos_propose_interval=0.05
paxos_min_wait=0.01
[osd]
keyring=$CEPH_HOME/osd/keyring
osd_data=$CEPH_HOME/osd
osd_objectstore=memstore
osd_fast_shutdown=false
memstore_device_bytes=2147483648
osd_op_num_shards=2
osd_class_load_list=*
osd_class_default_list=*
[client.rgw]
rgw_frontends=beast endpoint=127.0.0.1:$2 tcp_nodelay=1
rgw_dns_name=localhost
rgw_data=$CEPH_HOME/rgw
rgw_gc_max_objs=2
rgw_thread_pool_size=32
rgw_enable_usage_log=false
C
}

make_ceph_keys() {
    local name first=--create-keyring
    for name in mon. client.admin client.rgw; do
        ceph-authtool $first "$CEPH_HOME/keyring" -n "$name" --gen-key --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
        first=
    done
}

start_ceph_monitor() { # PORT
    local fsid
    fsid=$(sed -n 's/^fsid=//p' "$CEPH_CONF")
    monmaptool --create --clobber --fsid "$fsid" --addv a "[v2:127.0.0.1:$1]" "$CEPH_HOME/monmap"
    ceph-mon -c "$CEPH_CONF" -i a --mkfs --monmap "$CEPH_HOME/monmap" --keyring "$CEPH_HOME/keyring"
    run_daemon mon ceph-mon -c "$CEPH_CONF" -i a -f
    wait_for 30 timeout 5 ceph -c "$CEPH_CONF" mon stat
}

osd_is_up() { timeout 5 ceph -c "$CEPH_CONF" osd stat | grep -q '1 up'; }

start_ceph_store() {
    local id key
    id=$(cat /proc/sys/kernel/random/uuid)
    key=$(ceph-authtool --gen-print-key)
    printf '{"cephx_secret":"%s"}' "$key" | timeout 20 ceph -c "$CEPH_CONF" osd new "$id" -i - >/dev/null
    printf '[osd.0]\n\tkey = %s\n' "$key" >"$CEPH_HOME/osd/keyring"
    ceph-osd -c "$CEPH_CONF" -i 0 --mkfs --osd-uuid "$id" 2>>"$CEPH_HOME/log/osd.out"
    run_daemon osd ceph-osd -c "$CEPH_CONF" -i 0 -f
    wait_for 30 osd_is_up
}
