#!/usr/bin/env bash
# A throw-away, single-node Ceph RADOS Gateway (a real S3 engine) on 127.0.0.1 for tests.
# One mon + one memstore OSD + radosgw, started by hand: no systemd, no docker, no ceph-mgr.
#
#   start-ceph-s3.sh [start] [DIR]  install if missing, start in DIR (default: mktemp -d), print export lines
#   start-ceph-s3.sh stop DIR       end exactly the daemons recorded in DIR, delete what start made there
#   start-ceph-s3.sh down|up DIR    take only the S3 gateway away / bring it back on the same port, data kept
#   start-ceph-s3.sh user DIR NAME  create one more S3 user in the running cluster, print its keys as
#                                   S3_<NAME>_ACCESS_KEY and S3_<NAME>_SECRET_KEY (NAME: lower-case letters, digits, _);
#                                   bucket policies name it arn:aws:iam:::user/NAME
#   start-ceph-s3.sh install        only install
#
# stdout carries only `export` lines ( eval "$(start-ceph-s3.sh start /tmp/x)" ); all talk goes to stderr.
# README.md beside this file says what was found out about the engine.
#
# Environment:
#   CEPH_SUITE   forky (default): Ceph 20.2 of that Debian suite, unpacked with all its libraries into CEPH_HOME and run
#                through its own loader; nothing on the host changes, no root needed. trixie: Ceph 18.2, the same way.
#                host: apt-get install of the host's own radosgw (Debian 12: Ceph 16.2; needs root).
#   CEPH_HOME    where suites are unpacked (default ~/.cache/ceph-s3)
#   DEBIAN_MIRROR (default: the one that this machine's apt uses), S3_PORT, MON_PORT (free ones are picked), S3_ACCESS_KEY, S3_SECRET_KEY,
#   S3_STORE=memstore|bluestore, S3_STORE_BYTES (4 GiB), S3_DEBUG (radosgw log level, 0)
set -euo pipefail
export LC_ALL=C

CEPH_SUITE=${CEPH_SUITE:-forky}
CEPH_HOME=${CEPH_HOME:-${HOME:-/root}/.cache/ceph-s3}
DEBIAN_MIRROR=${DEBIAN_MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null | grep -m1 -E '/debian/?$' || true)}
S3_ACCESS_KEY=${S3_ACCESS_KEY:-TESTACCESSKEY0000001}
S3_SECRET_KEY=${S3_SECRET_KEY:-testSecretKey000000000000000000000000001}
S3_STORE=${S3_STORE:-memstore}
S3_STORE_BYTES=${S3_STORE_BYTES:-4294967296}
PACKAGES=(radosgw ceph-mon ceph-osd)
MULTIARCH=$(uname -m)-linux-gnu

say() { printf '%s\n' "ceph-s3: $*" >&2; }
die() { say "$*"; exit 1; }
seconds() { awk -v a="$1" -v b="$(date +%s.%N)" 'BEGIN{printf "%.1f", b-a}'; }

# ---- install ---------------------------------------------------------------------------------------------------

ROOT= BIN=/usr/bin LIB=/usr/lib/$MULTIARCH LOADER=()
use_root() {
    ROOT=$1 BIN=$1/usr/bin LIB=$1/usr/lib/$MULTIARCH
    local ld; for ld in "$ROOT"/usr/lib64/ld-linux-x86-64.so.2 "$ROOT"/usr/lib/ld-linux-aarch64.so.1; do
        if [ -x "$ld" ]; then LOADER=("$ld" --library-path "$LIB:$LIB/ceph"); fi
    done
}
tool() { local name=$1; shift; "${LOADER[@]}" "$BIN/$name" "$@"; }
ceph_cli() {
    if [ -z "$ROOT" ]; then ceph "$@"; return; fi
    PYTHONHOME=$ROOT/usr PYTHONPATH=$ROOT/usr/lib/python3/dist-packages PYTHONDONTWRITEBYTECODE=1 tool python3 "$BIN/ceph" "$@"
}

unpack_suite() {   # unpack_suite SUITE ROOT: own apt state, no maintainer script runs, nothing outside ROOT is touched
    local suite=$1 root=$2 work deb name
    work=$root/.apt
    mkdir -p "$work"/state/lists/partial "$work"/cache/archives/partial "$work"/etc/parts
    : >"$work/status"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $DEBIAN_MIRROR $suite main" >"$work/etc/sources.list"
    [ -n "$DEBIAN_MIRROR" ] || die "no Debian mirror in apt's sources: set DEBIAN_MIRROR"
    local apt=(apt-get -y -qq -o Dir::Etc::sourcelist="$work/etc/sources.list" -o Dir::Etc::sourceparts="$work/etc/parts"
        -o Dir::Etc::preferencesparts="$work/etc/parts" -o Dir::Etc::preferences="$work/etc/none" -o Dir::State="$work/state"
        -o Dir::State::status="$work/status" -o Dir::Cache="$work/cache" -o APT::Sandbox::User= -o Acquire::Retries=3
        -o Acquire::Languages=none -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false)
    "${apt[@]}" update >&2
    "${apt[@]}" install --no-install-recommends --download-only "${PACKAGES[@]}" >&2
    mkdir -p "$root"/usr/{bin,sbin,lib,lib64}
    for name in bin sbin lib lib64; do ln -s "usr/$name" "$root/$name"; done
    # Only libraries, daemons and the CLI are needed: leave out what a real host would want besides.
    local skip='^(systemd.*|udev|lvm2|dmeventd|dmsetup|sudo|passwd|login.*|util-linux.*|e2fsprogs|xfsprogs|nvme-cli|smartmontools|parted|binutils.*|libbinutils|libgprofng0|libctf.*|perl-base|openssl|dpkg|apt|debconf|adduser|libc-gconv-modules-extra|logrotate|cron.*|psmisc|hdparm|gdisk|cryptsetup-bin|mount|bash|dash|coreutils|tzdata|libpam-.*|uuid-runtime|tar|sed|grep|findutils|procps)$'
    for deb in "$work"/cache/archives/*.deb; do
        name=${deb##*/}; name=${name%%_*}
        if [[ $name =~ $skip ]]; then continue; fi
        dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$root" --keep-directory-symlink --no-same-owner \
            --exclude='./usr/share/doc*' --exclude='./usr/share/man*' --exclude='./usr/share/locale*'
    done
    (cd "$work/cache/archives" && ls -- *.deb) >"$root/packages.txt"
    rm -rf "$work"
}

install() {
    local t0; t0=$(date +%s.%N)
    if [ "$CEPH_SUITE" = host ]; then
        if ! command -v radosgw radosgw-admin ceph-mon ceph-osd ceph monmaptool >/dev/null ||
           ! [ -x /usr/bin/ceph-osd ] || ! [ -x /usr/bin/ceph-mon ] || ! [ -x /usr/bin/radosgw ]; then
            # RUNLEVEL=1: no maintainer script starts a service on the way in
            local apt=(env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -y -q -o DPkg::Lock::Timeout=600)
            "${apt[@]}" install --no-install-recommends "${PACKAGES[@]}" >&2 ||
                { "${apt[@]}" update >&2; "${apt[@]}" install --no-install-recommends "${PACKAGES[@]}" >&2; }
            say "installed $(radosgw --version) in $(seconds "$t0") s"
        fi
        return
    fi
    local root=$CEPH_HOME/$CEPH_SUITE
    if [ ! -e "$root/packages.txt" ]; then
        mkdir -p "$CEPH_HOME"
        exec 8>"$CEPH_HOME/.lock"; flock 8      # two test runs at once unpack it once
        if [ ! -e "$root/packages.txt" ]; then
            rm -rf "$root.new"; unpack_suite "$CEPH_SUITE" "$root.new"
            use_root "$root.new"; tool radosgw --version >&2 || die "the unpacked Ceph does not run"
            rm -rf "$root"; mv "$root.new" "$root"
            say "unpacked $CEPH_SUITE into $root in $(seconds "$t0") s"
        fi
        exec 8>&-
    fi
    use_root "$root"
}

# ---- processes -------------------------------------------------------------------------------------------------

# A pid is ours only while its command line still names our ceph.conf.
ours() { [ -r "/proc/$1/cmdline" ] && tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null | grep -qF -- " $DIR/ceph.conf "; }
running() { [ -f "$DIR/$1.pid" ] && ours "$(cat "$DIR/$1.pid")"; }
launch() {   # launch NAME TOOL ARGS...: its own session; -f keeps the daemon in the foreground of it, so $! is its pid
    local name=$1 prog=$2; shift 2
    setsid "${LOADER[@]}" "$BIN/$prog" "$@" -f </dev/null >"$DIR/log/$name.out" 2>&1 8>&- &
    echo $! >"$DIR/$name.pid"
}
end() {      # no clean shutdown: nothing here outlives the test run (a memstore OSD would first write all its data to disk)
    local pid i
    if running "$1"; then
        pid=$(cat "$DIR/$1.pid"); kill -KILL "$pid" 2>/dev/null || true
        for i in $(seq 100); do ours "$pid" || break; sleep 0.05; done
    fi
    rm -f "$DIR/$1.pid"
}
must_run() { running "$1" || { tail -n 20 "$DIR/log/$1.out" "$DIR/log/$1.log" >&2 2>/dev/null || true; die "$1 died; see $DIR/log"; }; }

gateway_port() { sed -n 's/.*endpoint=127.0.0.1:\([0-9]*\).*/\1/p' "$DIR/ceph.conf"; }
port_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
pick_port() {   # below the kernel's ephemeral range, so no client socket sits on it
    local p i
    for i in $(seq 200); do
        p=$((20000 + RANDOM % 12000))
        if [ "$p" != "${1:-}" ] && port_free "$p"; then echo "$p"; return; fi
    done
    die "no free port"
}
http_status() {
    local line
    exec 4<>"/dev/tcp/127.0.0.1/$1" || return 1
    printf 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&4
    IFS= read -r -t 5 line <&4 || line=
    cat <&4 >/dev/null || true; exec 4>&-
    line=${line#* }; echo "${line%% *}"
}

# ---- cluster ---------------------------------------------------------------------------------------------------

write_conf() {
    cat >"$DIR/ceph.conf" <<CONF
[global]
fsid = $1
mon host = v2:127.0.0.1:$MON_PORT
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind msgr1 = false
ms bind ipv6 = false
ms async op threads = 1
auth cluster required = none
auth service required = none
auth client required = none
# radosgw alone defaults this to "secure", which auth "none" cannot give: it would hunt for the mon for ever
ms mon client mode = crc
keyring = $DIR/keyring
run dir = $DIR/run
admin socket = $DIR/run/\$name.asok
crash dir = $DIR/run
log file = $DIR/log/\$type.log
log max recent = 10
# the host may hold another Ceph's plugins in the default places
plugin dir = $LIB/ceph
erasure code dir = $LIB/ceph/erasure-code
osd class dir = $LIB/rados-classes
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 10000

[mon]
mon data = $DIR/mon
mon cluster log file = $DIR/log/cluster.log
mon data avail crit = 1
mon data avail warn = 1
mon memory autotune = false
mon osd cache size = 10
rocksdb cache size = 4194304
paxos propose interval = 0.02
paxos min wait = 0.01

[osd]
osd data = $DIR/osd
osd objectstore = $S3_STORE
memstore device bytes = $S3_STORE_BYTES
bluestore block create = true
bluestore block size = $S3_STORE_BYTES
bluestore cache autotune = false
bluestore cache size = 16777216
osd op num shards = 2
osd op num threads per shard = 1
osd map cache size = 50
osd min pg log entries = 50
osd max pg log entries = 100
osd max scrubs = 0
osd numa auto affinity = false

[client]
debug rgw = ${S3_DEBUG:-0}
rgw frontends = beast endpoint=127.0.0.1:$S3_PORT tcp_nodelay=1
rgw thread pool size = 32
rgw enable apis = s3
rgw run sync thread = false
rgw enable usage log = false
rgw dynamic resharding = false
rgw override bucket index max shards = 1
rgw rados pool pg num min = 4
rgw data log num shards = 1
rgw cache lru size = 500
# deleted data is freed after half a minute, not after two hours
rgw gc max objs = 1
rgw gc obj min wait = 30
rgw gc processor period = 30
rgw lc max objs = 1
CONF
}

wait_for_s3() {
    local i
    for i in $(seq 600); do
        if [ "$(http_status "$S3_PORT" 2>/dev/null || true)" = 200 ]; then return; fi
        must_run radosgw; must_run osd; must_run mon
        sleep 0.1
    done
    die "S3 did not answer in 60 s; see $DIR/log"
}

start() {
    mkdir -p "$1"; DIR=$(cd "$1" && pwd -P)
    [ ! -e "$DIR/ceph.conf" ] || die "$DIR already holds a cluster: stop it first"
    local t0 fsid osd
    t0=$(date +%s.%N)
    mkdir -p "$DIR"/{mon,osd,log,run}; : >"$DIR/keyring"
    S3_PORT=${S3_PORT:-$(pick_port)}
    MON_PORT=${MON_PORT:-$(pick_port "$S3_PORT")}
    fsid=$(cat /proc/sys/kernel/random/uuid) osd=$(cat /proc/sys/kernel/random/uuid)
    write_conf "$fsid"
    echo "$CEPH_SUITE" >"$DIR/suite"
    local c=(-c "$DIR/ceph.conf")
    {
        tool monmaptool --create --clobber --fsid "$fsid" --addv a "[v2:127.0.0.1:$MON_PORT]" "$DIR/monmap"
        tool ceph-mon "${c[@]}" -i a --mkfs --monmap "$DIR/monmap" --keyring "$DIR/keyring"
    } >"$DIR/log/mkfs.out" 2>&1 || { cat "$DIR/log/mkfs.out" >&2; die "mon mkfs failed"; }
    launch mon ceph-mon "${c[@]}" -i a
    ceph_cli "${c[@]}" --connect-timeout 30 osd new "$osd" >/dev/null || { must_run mon; die "the mon does not answer"; }
    tool ceph-osd "${c[@]}" -i 0 --mkfs --osd-uuid "$osd" >>"$DIR/log/mkfs.out" 2>&1 || { cat "$DIR/log/mkfs.out" >&2; die "osd mkfs failed"; }
    launch osd ceph-osd "${c[@]}" -i 0
    tool radosgw-admin "${c[@]}" user create --uid=test --display-name=test --access-key="$S3_ACCESS_KEY" --secret-key="$S3_SECRET_KEY" \
        >"$DIR/log/user.out" 2>&1 || { must_run osd; must_run mon; cat "$DIR/log/user.out" >&2; die "user create failed"; }
    launch radosgw radosgw "${c[@]}" -n client.rgw
    wait_for_s3
    cat >"$DIR/env" <<ENV
export S3_ENDPOINT=http://127.0.0.1:$S3_PORT
export S3_ACCESS_KEY=$S3_ACCESS_KEY
export S3_SECRET_KEY=$S3_SECRET_KEY
export S3_REGION=us-east-1
export S3_ENGINE=ceph-$CEPH_SUITE
export S3_DATA_DIR=$DIR
ENV
    say "S3 answers on port $S3_PORT after $(seconds "$t0") s"
    cat "$DIR/env"
}

add_user() {   # keys follow from the name: a second run with the same name prints the same lines
    local name=$1 upper=${1^^} access secret made
    [[ $name =~ ^[a-z][a-z0-9_]*$ ]] || die "a user's name is lower-case letters, digits and _: $name"
    running radosgw || die "the cluster in $DIR is not running"
    access=TEST${upper//_/0}KEY0000000000000 secret=testSecretKeyOf$(printf '%s' "$name" | sha256sum | cut -c1-25)
    access=${access:0:20}
    made=$(tool radosgw-admin -c "$DIR/ceph.conf" user info --uid="$name" 2>/dev/null | grep -c '"access_key"' || true)
    if [ "$made" = 0 ]; then
        tool radosgw-admin -c "$DIR/ceph.conf" user create --uid="$name" --display-name="$name" --access-key="$access" --secret-key="$secret" \
            >"$DIR/log/user-$name.out" 2>&1 || { cat "$DIR/log/user-$name.out" >&2; die "user create failed"; }
    fi
    printf 'export S3_%s_ACCESS_KEY=%s\nexport S3_%s_SECRET_KEY=%s\n' "$upper" "$access" "$upper" "$secret"
}

failed() { local rc=$?; if [ $rc -ne 0 ] && [ -n "${DIR:-}" ]; then end radosgw; end osd; end mon; fi; }

mode=start
case ${1:-} in start|stop|install|up|down|user) mode=$1; shift ;; esac
case $mode in
    install) install ;;
    start) install; trap failed EXIT; start "${1:-$(mktemp -d "${TMPDIR:-/tmp}/ceph-s3.XXXXXX")}" ;;
    *)
        DIR=$(cd "${1:?$mode needs the data dir}" && pwd -P)
        [ -f "$DIR/ceph.conf" ] || die "no cluster in $DIR"
        case $mode in
            down)
                end radosgw
                # A killed process gives up its memory, by which we know it, a moment before its sockets.
                S3_PORT=$(gateway_port)
                for _ in $(seq 100); do if port_free "$S3_PORT"; then break; fi; sleep 0.05; done
                port_free "$S3_PORT" || die "port $S3_PORT still accepts connections"
                say "gateway down" ;;
            up)
                CEPH_SUITE=$(cat "$DIR/suite"); install
                S3_PORT=$(gateway_port)
                running radosgw || launch radosgw radosgw -c "$DIR/ceph.conf" -n client.rgw
                wait_for_s3; say "gateway up" ;;
            user)
                CEPH_SUITE=$(cat "$DIR/suite"); install
                add_user "${2:?user needs a name}" ;;
            stop)
                end radosgw; end osd; end mon
                rm -rf "$DIR"/{mon,osd,log,run,monmap,keyring,suite,env,ceph.conf}
                rmdir "$DIR" 2>/dev/null || true; say "stopped" ;;
        esac ;;
esac
