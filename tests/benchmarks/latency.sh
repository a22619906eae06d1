#!/usr/bin/env bash
# How late are the slowest answers from a snapshot, while the server is half busy?
#
#   tests/benchmarks/latency.sh [--write]
#
# A 10 KB page from the edge's snapshot and from nginx (sendfile), by h2load over HTTP/1.1 at a fixed rate: half of what the slower of the two can do. Each request is logged
# with the time that it took; p50, p99 and p99.9 are of those. Runs alternate; medians of the runs are what counts. Environment: lib.sh.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
need nginx-light:nginx wrk:wrk nghttp2-client:h2load curl:curl
make_site
start_nginx nginx ''
start_edge edge "http://127.0.0.1:${port[nginx]}"
force_snapshot edge
for server in edge nginx; do press "$WARM_SECONDS" wrk "http://127.0.0.1:${port[$server]}/page.html" >/dev/null; done
saturation=$(for server in edge nginx; do echo $(($(quiet press 3 wrk "http://127.0.0.1:${port[$server]}/page.html") / 3)); done | sort -n | head -1)
clients=32
rate=$((saturation / 2 / clients))
say "saturation of the slower: $saturation requests/s; asked for: $((rate * clients))"

percentiles() { # of a log of h2load: start µs, status, duration µs
    awk '{ print $3 }' "$1" | sort -n | awk '{ a[NR] = $1 } END { printf "%d %d %d %d\n", NR, a[int(NR * 0.5) + 1], a[int(NR * 0.99) + 1], a[int(NR * 0.999) + 1] }'
}
paced() {       # paced SERVER: a run, and its percentiles
    rm -f "$WORK/log"
    taskset -c "$CLIENT_CORE" h2load --h1 -t 1 -c $clients --rps "$rate" --duration "$RUN_SECONDS" --warm-up-time 1 --log-file "$WORK/log" -H ":authority: $HOST" "http://127.0.0.1:${port[$1]}/page.html" >"$WORK/h2load.out" 2>&1 || { cat "$WORK/h2load.out" >&2; die "h2load failed"; }
    awk '$2 != 200 { bad++ } END { exit bad > 0 }' "$WORK/log" || die "$1 answered with errors"
    percentiles "$WORK/log"
}
for _ in $(seq "$RUNS"); do
    for server in edge nginx; do
        measured=$(quiet paced $server) || exit 1
        echo "$server $measured" | tee -a "$WORK/latency" >&2
    done
done
field() { awk -v s="$1" -v f="$2" '$1 == s { print $f }' "$WORK/latency" | median; }
{
    echo "$(machine); $RUNS alternating runs of $RUN_SECONDS s, $((rate * clients)) requests/s on $clients connections; $(host)."
    echo
    echo '| server | p50, µs | p99, µs | p99.9, µs |'
    echo '|---|---|---|---|'
    for server in edge nginx; do echo "| $server | $(field $server 3) | $(field $server 4) | $(field $server 5) |"; done
    awk -v a="$(field edge 3)" -v b="$(field nginx 3)" -v c="$(field edge 4)" -v d="$(field nginx 4)" -v e="$(field edge 5)" -v f="$(field nginx 5)" 'BEGIN { printf "| edge / nginx | %.2f | **%.2f** | **%.2f** |\n", a / b, c / d, e / f }'
} | tee "$WORK/table"
[ "${1:-}" != --write ] || write_table
