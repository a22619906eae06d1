#!/usr/bin/env bash
# How much dearer is a page from the edge's snapshot than the same file from nginx?
#
#   tests/benchmarks/snapshot-page.sh [--nginx-only]
#
# A 10 KB HTML page, once from the edge forced to snapshot mode and once from nginx with sendfile, both with an access log,
# each alone on SERVER_CORE, wrk alone on CLIENT_CORE. Runs alternate, so that a noisy machine harms both; medians count.
# Prints requests/s, the server's CPU-µs per request (utime + stime of its processes from /proc), and the ratios.
#
# Needs nginx and wrk (Debian: nginx-light, wrk), curl, and a Release build. Nothing outside a temporary directory is
# written. Environment: WARM_SECONDS (15, not counted), RUNS (5 of each), RUN_SECONDS (8), CONNECTIONS (64), SERVER_CORE (0), CLIENT_CORE (1).
set -euo pipefail
export LC_ALL=C

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
WARM_SECONDS=${WARM_SECONDS:-15} RUNS=${RUNS:-5} RUN_SECONDS=${RUN_SECONDS:-8} CONNECTIONS=${CONNECTIONS:-64} SERVER_CORE=${SERVER_CORE:-0} CLIENT_CORE=${CLIENT_CORE:-1}
HOST=bench.example PAGE=/page.html TOKEN=bench-token-0123456789abcdef
TICKS=$(getconf CLK_TCK)
PATH=$PATH:/usr/sbin
servers=(nginx edge)
case ${1:-} in '') ;; --nginx-only) servers=(nginx) ;; *) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0" >&2; exit 2 ;; esac

say() { printf '%s\n' "$*" >&2; }
die() { say "snapshot-page: $*"; exit 1; }
for tool in nginx wrk curl taskset; do command -v $tool >/dev/null || die "$tool is not installed"; done

WORK=$(mktemp -d "${TMPDIR:-/tmp}/edgehost-bench.XXXXXX")
chmod 755 "$WORK"       # nginx's worker is another user
declare -A pid=() port=()
clean_up() {
    local name
    for name in "${!pid[@]}"; do
        kill -TERM "${pid[$name]}" 2>/dev/null || continue
        for _ in $(seq 100); do kill -0 "${pid[$name]}" 2>/dev/null || break; sleep 0.1; done
        kill -KILL -- "-${pid[$name]}" 2>/dev/null || true
    done
    rm -rf "$WORK"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

pick_port() {   # below the kernel's ephemeral range, and not one that was picked before
    local p
    for _ in $(seq 200); do
        p=$((20000 + RANDOM % 12000))
        case " ${port[*]:-} " in *" $p "*) continue ;; esac
        (exec 3<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null || { echo "$p"; return; }
    done
    die "no free port"
}
launch() {      # launch NAME COMMAND...: on the server's core, in a process group of its own
    local name=$1; shift
    setsid taskset -c "$SERVER_CORE" "$@" </dev/null >"$WORK/$name.out" 2>&1 &
    pid[$name]=$!
}
fetch() { curl -sS --max-time 10 -H "Host: $HOST" "$@"; }
wait_for() {    # wait_for WHAT NAME COMMAND...: for 30 s, as long as the process NAME lives
    local what=$1 name=$2; shift 2
    for _ in $(seq 150); do
        if "$@" >/dev/null 2>&1; then return; fi
        kill -0 "${pid[$name]}" 2>/dev/null || { tail -n 30 "$WORK/$name.out" >&2; die "$name ended"; }
        sleep 0.2
    done
    tail -n 30 "$WORK/$name.out" >&2
    die "waited 30 s in vain for $what"
}

# ---- nginx, the origin and the measure ---------------------------------------------------------------------------

start_nginx() {
    port[nginx]=$(pick_port)
    mkdir -p "$WORK"/nginx/{site,logs,temp}
    chmod 755 "$WORK"/nginx "$WORK"/nginx/site
    {
        echo '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head><body><h1>A page</h1>'
        for i in $(seq 110); do echo "<p>Paragraph $i of a page of ten kilobytes, as long as most paragraphs on a real page.</p>"; done
        echo '</body></html>'
    } >"$WORK/nginx/site/page.html"
    echo '<!doctype html><html lang="en"><head><title>Home</title></head><body><a href="/page.html">a page</a></body></html>' >"$WORK/nginx/site/index.html"
    cat >"$WORK/nginx/nginx.conf" <<CONF
daemon off;
pid $WORK/nginx/nginx.pid;
error_log $WORK/nginx/logs/error.log;
worker_processes 1;
events { worker_connections 4096; }
http {
    types { text/html html; }
    sendfile on;
    tcp_nopush on;
    keepalive_requests 100000000;       # the edge closes no busy connection either
    access_log $WORK/nginx/logs/access.log;
    client_body_temp_path $WORK/nginx/temp; proxy_temp_path $WORK/nginx/temp; fastcgi_temp_path $WORK/nginx/temp;
    uwsgi_temp_path $WORK/nginx/temp; scgi_temp_path $WORK/nginx/temp;
    server { listen 127.0.0.1:${port[nginx]}; root $WORK/nginx/site; }
}
CONF
    launch nginx nginx -e "$WORK/nginx/logs/error.log" -p "$WORK/nginx" -c "$WORK/nginx/nginx.conf"
    wait_for "nginx" nginx fetch -f "http://127.0.0.1:${port[nginx]}$PAGE"
}

# ---- the edge ----------------------------------------------------------------------------------------------------

decision() { fetch -o /dev/null -D - "http://127.0.0.1:${port[edge]}$PAGE" | tr -d '\r' | sed -n 's/^EdgeHost-Decision: *//Ip'; }
from_snapshot() { [[ $(decision) == snapshot* ]]; }

start_edge() {
    local bin=$ROOT/artifacts/bin origin=http://127.0.0.1:${port[nginx]} store=$WORK/store management
    [ -x "$bin/EdgeHost/release/EdgeHost" ] && [ -x "$bin/static-export/release/static-export" ] || die "no Release build: dotnet build EdgeHost.sln -c Release"
    mkdir -p "$store" "$WORK/edge"
    "$bin/static-export/release/static-export" init --store "$store" >&2
    "$bin/static-export/release/static-export" publish --site bench --origin "$origin" --host $HOST --scheme http --store "$store" >&2
    port[edge]=$(pick_port); port[management]=$(pick_port)
    management=http://127.0.0.1:${port[management]}
    cat >"$WORK/edge.json" <<JSON
{
  "EdgeHost": {
    "PublicUrl": "http://127.0.0.1:${port[edge]}",
    "DataDirectory": "$WORK/edge",
    "AccessLog": { "Path": "$WORK/edge/access.log" },
    "Management": { "Url": "$management", "Token": "$TOKEN" },
    "Store": { "Location": "$store" },
    "Origins": { "platform": { "Address": "$origin" } },
    "Sites": { "bench": { "Hosts": ["$HOST"], "Origin": "platform" } }
  }
}
JSON
    launch edge "$bin/EdgeHost/release/EdgeHost" --config "$WORK/edge.json"
    wait_for "the edge" edge fetch -o /dev/null "http://127.0.0.1:${port[edge]}$PAGE"
    curl -fsS --max-time 10 -X PUT -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
        -d '{"mode":"snapshot","reason":"benchmark","actor":"benchmark","confirm":"all"}' "$management/api/v1/overrides/all" >/dev/null ||
        die "the override was refused"
    wait_for "an answer from the snapshot" edge from_snapshot
    say "edge: EdgeHost-Decision: $(decision)"
}

# ---- measuring -----------------------------------------------------------------------------------------------------

family() { echo "$1"; cat "/proc/$1/task/"*/children 2>/dev/null | tr ' ' '\n' | sed '/^$/d'; }    # nginx: master and worker
ticks() {
    local sum=0 p stat fields
    for p in $(family "$1"); do
        stat=$(<"/proc/$p/stat")
        read -ra fields <<<"${stat##*) }"       # state ppid … : utime is the 12th of these, stime the 13th
        sum=$((sum + fields[11] + fields[12]))
    done
    echo $sum
}
pressure() { taskset -c "$CLIENT_CORE" wrk -t 1 -c "$CONNECTIONS" -d "$2s" -H "Host: $HOST" "http://127.0.0.1:${port[$1]}$PAGE"; }
measure() {     # measure NAME: appends to NAME.rps and NAME.cpu
    local out before after requests rps cpu
    before=$(ticks "${pid[$1]}")
    out=$(pressure "$1" "$RUN_SECONDS")
    after=$(ticks "${pid[$1]}")
    if grep -qE 'Socket errors|Non-2xx' <<<"$out"; then say "$out"; die "$1 answered with errors"; fi
    requests=$(sed -nE 's/^ *([0-9]+) requests in .*/\1/p' <<<"$out")
    rps=$(sed -nE 's/^Requests\/sec: *//p' <<<"$out")
    cpu=$(awk -v t=$((after - before)) -v hz="$TICKS" -v n="$requests" 'BEGIN { printf "%.2f", t / hz * 1e6 / n }')
    echo "$rps" >>"$WORK/$1.rps"; echo "$cpu" >>"$WORK/$1.cpu"
    printf '%-6s %10.0f requests/s %9s CPU-us/request\n' "$1" "$rps" "$cpu"
}
median() { sort -n "$1" | awk '{ a[NR] = $1 } END { print (NR % 2) ? a[(NR + 1) / 2] : (a[NR / 2] + a[NR / 2 + 1]) / 2 }'; }

start_nginx
fetch -o "$WORK/nginx.body" "http://127.0.0.1:${port[nginx]}$PAGE"
if [ ${#servers[@]} = 2 ]; then
    start_edge
    fetch -o "$WORK/edge.body" "http://127.0.0.1:${port[edge]}$PAGE"
    cmp "$WORK/nginx.body" "$WORK/edge.body" || die "the two answers differ"
fi
say "$(wc -c <"$WORK/nginx.body") bytes, $CONNECTIONS connections, $RUNS runs of $RUN_SECONDS s each"

for name in "${servers[@]}"; do pressure "$name" "$WARM_SECONDS" >/dev/null; done    # fill caches; .NET compiles what is hot while it runs, on the same core
for _ in $(seq "$RUNS"); do for name in "${servers[@]}"; do measure "$name"; done; done

echo
for name in "${servers[@]}"; do
    [ -s "$WORK/$name/access.log" ] || [ -s "$WORK/$name/logs/access.log" ] || die "$name wrote no access log"
    printf 'median %-6s %10.0f requests/s %9s CPU-us/request\n' "$name" "$(median "$WORK/$name.rps")" "$(median "$WORK/$name.cpu")"
done
if [ ${#servers[@]} = 2 ]; then
    from_snapshot || die "the edge no longer answers from the snapshot"
    awk -v er="$(median "$WORK/edge.rps")" -v nr="$(median "$WORK/nginx.rps")" -v ec="$(median "$WORK/edge.cpu")" -v nc="$(median "$WORK/nginx.cpu")" \
        'BEGIN { printf "edge / nginx: %.3f of the requests/s, %.2f times the CPU per request\n", er / nr, ec / nc }'
fi
