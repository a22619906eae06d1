# What the benchmarks share: processes on one core each, counted in CPU time, run in turn, with medians. Sourced by them, not run.
#
# A benchmark defines servers by `launch` and measurements by `entry`, and calls `run_rows`. Each server has SERVER_CORE to itself while it is measured (the others are
# idle), the load generator has CLIENT_CORE. What is counted is utime + stime of all of a server's processes, from /proc.
# A run during which a virtual machine's host took more than MOST_STOLEN percent of its cores tells of the host's other guests: it is made again, up to TRIES times, of which
# the one that was disturbed least counts. Tables name the most that was taken in a run that counts.
#
# Environment: WARM_SECONDS (20 for each server and row, not counted), RUNS (7 of each), RUN_SECONDS (4), CONNECTIONS (64), SERVER_CORE (0), CLIENT_CORE (1), MOST_STOLEN (1), TRIES (6).
set -euo pipefail
export LC_ALL=C
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
WARM_SECONDS=${WARM_SECONDS:-20} RUNS=${RUNS:-7} RUN_SECONDS=${RUN_SECONDS:-4} CONNECTIONS=${CONNECTIONS:-64} SERVER_CORE=${SERVER_CORE:-0} CLIENT_CORE=${CLIENT_CORE:-1}
MOST_STOLEN=${MOST_STOLEN:-1} TRIES=${TRIES:-6}
HOST=bench.example TOKEN=bench-token-0123456789abcdef
NAME=$(basename "$0" .sh)
TICKS=$(getconf CLK_TCK)
BIN=$ROOT/artifacts/bin
BROTLI=/usr/lib/nginx/modules/ngx_http_brotli_static_module.so       # of Debian's libnginx-mod-http-brotli-static
PATH=$PATH:/usr/sbin
declare -A pid=() port=()

say() { printf '%s\n' "$*" >&2; }
die() { say "$NAME: $*"; exit 1; }

# need PACKAGE:COMMAND...: installs what is missing, on Debian and as root; says what to install elsewhere.
need() {
    local missing=() pair
    for pair in "$@"; do command -v "${pair##*:}" >/dev/null || missing+=("${pair%%:*}"); done
    [ ${#missing[@]} = 0 ] && return
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || die "install ${missing[*]}"
    say "installing ${missing[*]}"
    apt-get update -qq
    # Peers are started here, by hand: their packages' services must not be.
    [ -e /usr/sbin/policy-rc.d ] || { policy=/usr/sbin/policy-rc.d; printf '#!/bin/sh\nexit 101\n' >$policy; chmod +x $policy; }
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    rm -f "$policy"; policy=
}

WORK=$(mktemp -d "${TMPDIR:-/tmp}/edgehost-bench.XXXXXX")
chmod 755 "$WORK"       # nginx's worker is another user
policy=
clean_up() {
    local name
    [ -z "$policy" ] || rm -f "$policy"
    for name in "${!pid[@]}"; do kill -TERM "${pid[$name]}" 2>/dev/null || true; done
    for name in "${!pid[@]}"; do
        for _ in $(seq 50); do kill -0 "${pid[$name]}" 2>/dev/null || break; sleep 0.1; done
        kill -KILL -- "-${pid[$name]}" 2>/dev/null || true
    done
    rm -rf "$WORK"
}
trap clean_up EXIT
trap '[ ! -s "$WORK/results" ] || { say "ended before its end; until then:"; table >&2; }; exit 130' INT TERM

pick_port() {   # below the kernel's ephemeral range, and not one that was picked before
    local p
    for _ in $(seq 200); do
        p=$((20000 + RANDOM % 12000))
        case " ${port[*]:-} " in *" $p "*) continue ;; esac
        (exec 3<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null || { echo "$p"; return; }
    done
    die "no free port"
}
launch() {      # launch NAME COMMAND...: on the servers' core, in a process group of its own
    local name=$1; shift
    setsid taskset -c "$SERVER_CORE" "$@" </dev/null >"$WORK/$name.out" 2>&1 &
    pid[$name]=$!
}
fetch() { curl -sS --max-time 10 -H "Host: $HOST" "$@"; }
wait_for() {    # wait_for WHAT NAME COMMAND...: for 60 s, as long as the process NAME lives
    local what=$1 name=$2; shift 2
    for _ in $(seq 300); do
        if "$@" >/dev/null 2>&1; then return; fi
        kill -0 "${pid[$name]}" 2>/dev/null || { tail -n 30 "$WORK/$name.out" >&2; die "$name ended"; }
        sleep 0.2
    done
    tail -n 30 "$WORK/$name.out" >&2
    die "waited 60 s in vain for $what"
}

# ---- content, nginx and the edge ---------------------------------------------------------------------------------------

words() {       # words BYTES: paragraphs of words that compress as text does
    awk -v size="$1" 'BEGIN { srand(7); split("the of and a to in is you that it he was for on are as with his they at be this have from or one had by word but not what all were we when your can said there use an each which she do how their if will up other about out many then them these so some her would make like him into time has look two more write go see number no way could people my than first water been call who oil its now find long down day did get come made may part", w, " ");
        n = 0; while (n < size) { s = "<p>"; for (i = 0; i < 12; i++) s = s w[int(rand() * length(w)) + 1] " "; s = s "</p>"; print s; n += length(s) + 1 } }'
}
page() { echo "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>$1</title></head><body><h1>$1</h1>"; words "$2"; echo '</body></html>'; }
make_site() {
    mkdir -p "$WORK/site"
    page 'A page' 10000 >"$WORK/site/page.html"
    page 'A guide' 30000 >"$WORK/site/guide.html"
    head -c 1048576 /dev/urandom >"$WORK/site/image.jpg"
    page 'Home' 500 | sed 's#</body>#<a href="/page.html">a page</a> <a href="/guide.html">a guide</a> <img src="/image.jpg"></body>#' >"$WORK/site/index.html"
    chmod -R a+rX "$WORK/site"
}
start_nginx() { # start_nginx NAME DIRECTIVES: serves the site, HTTP/1.1 and HTTP/2 without TLS
    local name=$1 dir=$WORK/$1 modules
    port[$name]=$(pick_port); port[$name-h2]=$(pick_port); mkdir -p "$dir"; chmod 755 "$dir"
    modules=$([ -e "$BROTLI" ] && echo "load_module $BROTLI;" || true)
    cat >"$dir/nginx.conf" <<CONF
$modules
daemon off; pid $dir/nginx.pid; error_log $dir/error.log; worker_processes 1; worker_rlimit_nofile 65536;
events { worker_connections 16384; }
http {
    types { text/html html; image/jpeg jpg; }
    sendfile on; tcp_nopush on;
    keepalive_requests 100000000;       # the edge closes no busy connection either
    access_log $dir/access.log;
    client_body_temp_path $dir/t; proxy_temp_path $dir/t; fastcgi_temp_path $dir/t; uwsgi_temp_path $dir/t; scgi_temp_path $dir/t;
    $2
    server { listen 127.0.0.1:${port[$name]} backlog=4096; listen 127.0.0.1:${port[$name-h2]} http2 backlog=4096; root $WORK/site; ${3:-} }
}
CONF
    launch "$name" nginx -e "$dir/error.log" -p "$dir" -c "$dir/nginx.conf"
    wait_for "$name" "$name" fetch -f "http://127.0.0.1:${port[$name]}/page.html"
}
start_edge() {  # start_edge NAME ORIGIN [SETTINGS]: with a snapshot of what ORIGIN answers
    local name=$1 origin=$2 dir=$WORK/$1
    [ -x "$BIN/EdgeHost/release/EdgeHost" ] && [ -x "$BIN/static-export/release/static-export" ] || die "no Release build: dotnet build EdgeHost.sln -c Release"
    mkdir -p "$dir/log"         # not beside the configuration, whose directory is watched
    if [ ! -d "$WORK/store" ]; then
        mkdir "$WORK/store"
        "$BIN/static-export/release/static-export" init --store "$WORK/store" >&2
        "$BIN/static-export/release/static-export" publish --site bench --origin "$origin" --host $HOST --scheme http --store "$WORK/store" >&2
    fi
    port[$name]=$(pick_port); port[$name-h2]=$(pick_port); port[$name-management]=$(pick_port)
    cat >"$dir/edge.json" <<JSON
{
  "Kestrel": { "Endpoints": {
    "Http": { "Url": "http://127.0.0.1:${port[$name]}", "Protocols": "Http1" },
    "H2c": { "Url": "http://127.0.0.1:${port[$name-h2]}", "Protocols": "Http2" } } },
  "EdgeHost": {
    "DataDirectory": "$dir/data",
    "AccessLog": { "Path": "$dir/log/access.log" },
    "Management": { "Url": "http://127.0.0.1:${port[$name-management]}", "Token": "$TOKEN" },
    "Store": { "Location": "$WORK/store" },
    "Origins": { "platform": { "Address": "$origin" } },
    "Sites": { "bench": { "Hosts": ["$HOST"], "Origin": "platform" } }
  }
}
JSON
    launch "$name" "$BIN/EdgeHost/release/EdgeHost" --config "$dir/edge.json"
    wait_for "the edge" "$name" fetch -o /dev/null "http://127.0.0.1:${port[$name]}/page.html"
}
decision() { fetch -o /dev/null -D - "http://127.0.0.1:${port[$1]}/page.html" | tr -d '\r' | sed -n 's/^EdgeHost-Decision: *//Ip'; }
is_snapshot() { [[ $(decision "$1") == snapshot* ]]; }
is_live() { [[ $(decision "$1") == live* ]]; }
set_snapshot() { # refused until the snapshot is here
    curl -fsS --max-time 10 -X PUT -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
        -d '{"mode":"snapshot","reason":"benchmark","actor":"benchmark","confirm":"all"}' "http://127.0.0.1:${port[$1-management]}/api/v1/overrides/all"
}
force_snapshot() {
    wait_for "the override" "$1" set_snapshot "$1"
    wait_for "an answer from the snapshot" "$1" is_snapshot "$1"
}

# ---- measuring -------------------------------------------------------------------------------------------------------

family() {      # a process and all below it, and those that were named as its helpers
    local p
    for p in "$@"; do
        [ -d "/proc/$p" ] || continue
        echo "$p"
        # shellcheck disable=SC2046
        family $(cat "/proc/$p/task/"*/children 2>/dev/null)
    done
}
ticks() {
    local sum=0 p stat fields
    for p in $(family "$@"); do
        stat=$(<"/proc/$p/stat")
        read -ra fields <<<"${stat##*) }"       # state ppid … : utime is the 12th of these, stime the 13th
        sum=$((sum + fields[11] + fields[12]))
    done
    echo $sum
}
# quiet COMMAND...: its output in a run that the host left alone; run again where it did not. Fails as the command does.
stolen() { awk '/^cpu / { print $9, $2 + $3 + $4 + $5 + $6 + $7 + $8 + $9 }' /proc/stat; }
quiet() {
    local try before after share least=101 out best=''
    for try in $(seq "$TRIES"); do
        before=$(stolen)
        out=$("$@") || return 1
        after=$(stolen)
        share=$(awk -v a="$before" -v b="$after" 'BEGIN { split(a, x, " "); split(b, y, " "); printf "%.1f", 100 * (y[1] - x[1]) / (y[2] - x[2]) }')
        if awk -v s="$share" -v l="$least" 'BEGIN { exit !(s < l) }'; then least=$share best=$out; fi
        if awk -v s="$share" -v m="$MOST_STOLEN" 'BEGIN { exit !(s <= m) }'; then break; fi
        [ "$try" = "$TRIES" ] || say "the host took $share % of the machine: once more"
    done
    echo "$least" >>"$WORK/stolen"
    echo "$best"
}
host() { echo "the host took $(sort -n "$WORK/stolen" | tail -1) % of the machine at most"; }
median() { sort -n | awk '{ a[NR] = $1 } END { print (NR % 2) ? a[(NR + 1) / 2] : (a[NR / 2] + a[NR / 2 + 1]) / 2 }'; }

# entry ROW SERVER TOOL URL [OPTIONS]: one measurement, TOOL wrk or h2load. The first server of a row is the one that others are compared with.
declare -a entries=()
entry() { local IFS=$'\x1f'; entries+=("$*"); }
press() {       # press SECONDS TOOL URL [OPTIONS]: prints the number of requests
    local seconds=$1 tool=$2 url=$3 out; shift 3
    case $tool in
        wrk) out=$(taskset -c "$CLIENT_CORE" wrk -t 1 -c "$CONNECTIONS" -d "${seconds}s" -H "Host: $HOST" "$@" "$url")
            if grep -qE 'Socket errors|Non-2xx' <<<"$out" && [[ $* != *If-None-Match* ]]; then say "$out"; return 1; fi
            sed -nE 's/^ *([0-9]+) requests in .*/\1/p' <<<"$out" ;;
        h2load) out=$(taskset -c "$CLIENT_CORE" h2load -t 1 -c "$CONNECTIONS" -m 8 --duration "$seconds" --warm-up-time 0 -H ":authority: $HOST" "$@" "$url" 2>&1)
            if ! grep -qE '^requests: .* 0 failed, 0 errored, 0 timeout' <<<"$out" || ! grep -qE '^status codes: .* 0 3xx, 0 4xx, 0 5xx' <<<"$out"; then say "$out"; return 1; fi
            sed -nE 's/^requests: .* ([0-9]+) done.*/\1/p' <<<"$out" ;;
    esac
}
run_entry() {   # run_entry SECONDS ENTRY: "requests/s CPU-µs"
    local IFS=$'\x1f' fields before after requests
    read -ra fields <<<"$2"; unset IFS
    local server=${fields[1]}
    # shellcheck disable=SC2086
    before=$(ticks ${pid[$server]} ${helpers[$server]:-})
    requests=$(press "$1" "${fields[@]:2}") || die "${fields[0]}: $server answered with errors"
    # shellcheck disable=SC2086
    after=$(ticks ${pid[$server]} ${helpers[$server]:-})
    awk -v t=$((after - before)) -v hz="$TICKS" -v n="$requests" -v s="$1" 'BEGIN { printf "%.0f %.2f\n", n / s, t / hz * 1e6 / n }'
}
declare -A helpers=()

run_rows() {
    local e fields run rps cpu measured
    : >"$WORK/results"
    for e in "${entries[@]}"; do run_entry "$WARM_SECONDS" "$e" >/dev/null; done     # fills caches; .NET compiles what is hot while it runs, on the same core
    for run in $(seq "$RUNS"); do
        for e in "${entries[@]}"; do
            IFS=$'\x1f' read -ra fields <<<"$e"
            measured=$(quiet run_entry "$RUN_SECONDS" "$e") || exit 1
            read -r rps cpu <<<"$measured"
            printf '%s\t%s\t%s\t%s\n' "${fields[0]}" "${fields[1]}" "$rps" "$cpu" >>"$WORK/results"
        done
        say "run $run of $RUNS"
    done
    table | tee "$WORK/table" >&2
}
machine() { echo "$(nproc) cores of $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(. /etc/os-release; echo "$PRETTY_NAME"), .NET $(dotnet --list-runtimes | sed -n 's/^Microsoft.NETCore.App \([^ ]*\).*/\1/p' | tail -1), $(date -u +%Y-%m-%d)"; }
table() {
    local row server first cpu rps first_cpu first_rps
    echo "$(machine); $RUNS alternating runs of $RUN_SECONDS s, $CONNECTIONS connections; $(host)."
    echo
    echo "| | ${HEADS:-server | median requests/s | median CPU-µs per request | edge / server, CPU | edge / server, requests/s} |"
    echo '|---|---|---|---|---|---|'
    awk -F '\t' '!seen[$1 FS $2]++ { print $1 "\t" $2 }' "$WORK/results" | while IFS=$'\t' read -r row server; do
        rps=$(awk -F '\t' -v r="$row" -v s="$server" '$1 == r && $2 == s { print $3 }' "$WORK/results" | median)
        cpu=$(awk -F '\t' -v r="$row" -v s="$server" '$1 == r && $2 == s { print $4 }' "$WORK/results" | median)
        if [ "${first:-}" != "$row" ]; then
            first=$row first_cpu=$cpu first_rps=$rps
            printf '| %s | %s | %.0f | %.2f | | |\n' "$row" "$server" "$rps" "$cpu"
        else
            awk -v s="$server" -v r="$rps" -v c="$cpu" -v fr="$first_rps" -v fc="$first_cpu" 'BEGIN { printf "| | %s | %.0f | %.2f | **%.2f** | %.2f |\n", s, r, c, fc / c, fr / r }'
        fi
    done
}
# write_table: puts the table into docs/performance.md, between the marks that carry this benchmark's name.
write_table() {
    awk -v name="$NAME" -v table="$WORK/table" '
        $0 == "<!-- end " name " -->" { skip = 0 }
        !skip { print }
        $0 == "<!-- " name " -->" { while ((getline line < table) > 0) print line; skip = 1 }' "$ROOT/docs/performance.md" >"$WORK/performance.md"
    cmp -s "$WORK/performance.md" "$ROOT/docs/performance.md" || cp "$WORK/performance.md" "$ROOT/docs/performance.md"
}
