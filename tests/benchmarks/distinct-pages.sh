#!/usr/bin/env bash
# What does it cost that pages are many? Any of PAGES pages is asked for as often as any other, and then any of a hundred of them, with the same lengths (2 to 10 KB); both from
# the memory of one edge, whose origin is nowhere.
#
#   tests/benchmarks/distinct-pages.sh [--write]
#
# --write puts the table into docs/performance.md. Needs Release builds of the edge and of tests/benchmarks/ManySites; about 5 GB of disk for the defaults, its access log included, and 1 GB of memory.
# Environment: lib.sh; PAGES (100000).
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
PAGES=${PAGES:-100000}
HOT=100        # the lengths of the pages repeat after so many
FILL=$BIN/ManySites/release/ManySites HOST=www.site-000000.example
need wrk:wrk curl:curl
[ -x "$BIN/EdgeHost/release/EdgeHost" ] && [ -x "$FILL" ] || die "no Release build: dotnet build EdgeHost.sln -c Release, and of tests/benchmarks/ManySites"

say "writing $PAGES pages"
"$FILL" store "$WORK/store" 1 "$PAGES" $((PAGES * 2))       # each page in two codings, of which one is asked for
port[edge]=$(pick_port) port[edge-management]=$(pick_port) port[nobody]=$(pick_port)
mkdir -p "$WORK/edge/log"       # not beside the configuration, whose directory is watched
"$FILL" config "$WORK/edge/edge.json" 1 1 "PublicUrl=http://127.0.0.1:${port[edge]}" "Management:Url=http://127.0.0.1:${port[edge-management]}" "Management:Token=$TOKEN" \
    "AccessLog:Path=$WORK/edge/log/access.log" "DataDirectory=$WORK/edge/data" "Store:Location=$WORK/store" "Origins:platform:Address=http://127.0.0.1:${port[nobody]}" \
    Snapshots:MemoryMegabytes=4096 Snapshots:IndexMegabytes=1024
say "bringing them into the replica"
launch edge "$BIN/EdgeHost/release/EdgeHost" --config "$WORK/edge/edge.json"
home_decision() { fetch -o /dev/null -D - "http://127.0.0.1:${port[edge]}/" | tr -d '\r' | sed -n 's/^EdgeHost-Decision: *//Ip'; }
for _ in $(seq 1200); do
    [[ $(home_decision 2>/dev/null || true) != snapshot* ]] || break
    kill -0 "${pid[edge]}" || { tail -n 20 "$WORK/edge.out" >&2; die "the edge ended"; }
    sleep 0.5
done
[[ $(home_decision) == snapshot* ]] || die "the snapshot was not brought in within ten minutes"

visits() {      # visits FILE PAGES: a script of wrk that asks for any of them
    cat >"$1" <<LUA
local requests = {}
function init()
  for n = 0, $2 - 1 do
    local path = n == 0 and "/" or n % 3 < 2 and string.format("/section-%d/page-%d-with-a-title-of-the-usual-length", n % 7, n) or string.format("/assets/%d/picture.jpg", n)
    requests[n + 1] = wrk.format("GET", path)
  end
  math.randomseed(7)
end
function request() return requests[math.random($2)] end
LUA
}
visits "$WORK/all.lua" "$PAGES"
visits "$WORK/hot.lua" "$HOT"
url=http://127.0.0.1:${port[edge]}/
say "asking for each, so that it is in memory"
for _ in 1 2 3 4 5; do press 10 wrk "$url" -s "$WORK/all.lua" >/dev/null; done
row='2 to 10 KB from memory' all="any of $PAGES pages" hot="any of $HOT"
pid[$all]=${pid[edge]} pid[$hot]=${pid[edge]}
entry "$row" "$all" wrk "$url" -s "$WORK/all.lua"
entry "$row" "$hot" wrk "$url" -s "$WORK/hot.lua"
HEADS='asked for | median requests/s | median CPU-µs per request | many / few, CPU | many / few, requests/s'
run_rows
say "resident: $(awk '/^VmRSS/ { printf "%d MiB", $2 / 1024 }' "/proc/${pid[edge]}/status")"
[[ $(home_decision) == snapshot* ]] || die "the edge no longer answers from the snapshot"
[ "${1:-}" != --write ] || write_table
