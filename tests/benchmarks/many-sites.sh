#!/usr/bin/env bash
# How does an edge carry many sites?
#
#   tests/benchmarks/many-sites.sh [--write]
#
# Makes a store of SITES sites with ENTRIES entries each, lets an edge fill its replica, and then, with the store away:
# how long from the start of the process to the first answer from a snapshot, and how much memory that takes; the same after
# traffic to any page of any of ACTIVE sites; requests/s and CPU-µs per request for the pages of one site, beside an edge that
# has no other, and for any of ACTIVE; the CPU of an edge that nobody asks for anything. With the store back, how long until an activation is seen while that traffic goes on.
# Prints a table, which --write puts into docs/performance.md, and exits with 1 when a bound is broken (READY_SECONDS, RESIDENT_MB, SEEN_SECONDS, LEAST_RATIO).
#
# Needs Release builds of src/EdgeHost and tests/benchmarks/ManySites. Nothing outside a temporary
# directory is written: about 10 GB for the defaults. Environment: lib.sh; SITES (10000), ENTRIES (500), BLOBS (50 of each site,
# 2 to 10 KB), ACTIVE (1000), RUN_SECONDS (10), RUNS (3), TMPDIR, EDGE (the program). Here the edge has all cores, and shares them with the load.
SERVER_CORE=${SERVER_CORE:-0-$(($(nproc) - 1))} RUN_SECONDS=${RUN_SECONDS:-10} RUNS=${RUNS:-3}
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
SITES=${SITES:-10000} ENTRIES=${ENTRIES:-500} BLOBS=${BLOBS:-50} ACTIVE=${ACTIVE:-1000}
READY_SECONDS=${READY_SECONDS:-5} RESIDENT_MB=${RESIDENT_MB:-1024} SEEN_SECONDS=${SEEN_SECONDS:-2} LEAST_RATIO=${LEAST_RATIO:-0.9}
EDGE=${EDGE:-$BIN/EdgeHost/release/EdgeHost} FILL=$BIN/ManySites/release/ManySites
[ "$ACTIVE" -le "$SITES" ] || ACTIVE=$SITES
need wrk:wrk curl:curl
[ -x "$EDGE" ] && [ -x "$FILL" ] || die "no Release build: dotnet build -c Release of src/EdgeHost and tests/benchmarks/ManySites"

stop() {
    kill -TERM "${pid[edge]}" 2>/dev/null || true
    for _ in $(seq 300); do kill -0 "${pid[edge]}" 2>/dev/null || break; sleep 0.1; done
    kill -KILL "${pid[edge]}" 2>/dev/null || true
    wait "${pid[edge]}" 2>/dev/null || true
    unset 'pid[edge]'
}
port[edge]=$(pick_port); port[management]=$(pick_port); port[nobody]=$(pick_port)
PORT=${port[edge]} MANAGEMENT=${port[management]} DEAD=${port[nobody]}
now() { local t=${EPOCHREALTIME/[^0-9]/}; echo "$t"; }
site_decision() { curl -sS --max-time 5 -o /dev/null -D - -H "Host: www.site-$(printf %06d "$1").example" "http://127.0.0.1:$PORT/" 2>/dev/null | tr -d '\r' | sed -n 's/^EdgeHost-Decision: *//Ip'; }
memory() { awk '/^VmRSS/ { printf "%d", $2 / 1024 }' "/proc/${pid[edge]}/status"; }
cpu_us() { echo $(($(ticks "${pid[edge]}") * 1000000 / TICKS)); }

start() { launch edge "$EDGE" --config "$1"; }     # start CONFIG
until_snapshot() {      # until_snapshot SITE SECONDS
    local end=$(($(now) + $2 * 1000000))
    while [[ $(site_decision "$1" || true) != snapshot* ]]; do
        kill -0 "${pid[edge]}" 2>/dev/null || { tail -n 20 "$WORK/edge.out" >&2; die "the edge ended"; }
        [ "$(now)" -lt "$end" ] || { tail -n 5 "$WORK/edge.out" >&2; die "waited $2 s in vain for site $1"; }
        sleep 0.01
    done
}
configure() {   # configure FILE SITES
    "$FILL" config "$1" "$2" 2 "PublicUrl=http://127.0.0.1:$PORT" "Management:Url=http://127.0.0.1:$MANAGEMENT" "Management:Token=$TOKEN" "AccessLog:Path=$WORK/access.log" \
        "DataDirectory=$WORK/data" "Store:Location=$WORK/store" "Origins:platform:Address=http://127.0.0.1:$DEAD"
}
traffic() {     # traffic SITES SECONDS: requests/s and CPU-µs per request; any home page or other page of any of the sites
    local before after out requests
    before=$(cpu_us)
    out=$(ACTIVE=$1 ENTRIES=$ENTRIES wrk -t1 -c"$CONNECTIONS" -d"$2" -s "$WORK/visit.lua" "http://127.0.0.1:$PORT/")
    after=$(cpu_us)
    requests=$(sed -n 's/ *\([0-9]*\) requests in.*/\1/p' <<<"$out")
    grep -q 'Non-2xx' <<<"$out" && { say "$out"; die "not every answer was 200"; }
    echo "$(sed -n 's/^Requests\/sec: *//p' <<<"$out") $(((after - before) / requests))"
}

cat >"$WORK/visit.lua" <<'LUA'
local sites, entries = tonumber(os.getenv("ACTIVE")), tonumber(os.getenv("ENTRIES"))
local n = 0
function request()
  n = n + 1
  local site, page = math.random(0, sites - 1), math.random(0, entries - 1)
  local path = "/"
  if page > 0 then
    path = page % 3 < 2 and string.format("/section-%d/page-%d-with-a-title-of-the-usual-length", page % 7, page) or string.format("/assets/%d/picture.jpg", page)
  end
  return wrk.format("GET", path, { ["Host"] = string.format("www.site-%06d.example", site) })
end
LUA

# ---- a store, and a replica of it --------------------------------------------------------------------------------

say "writing a store of $SITES sites with $ENTRIES entries and $BLOBS blobs each"
"$FILL" store "$WORK/store" "$SITES" "$ENTRIES" "$BLOBS"
configure "$WORK/edge.json" "$SITES"
say "filling the replica"
start "$WORK/edge.json"
served() { find "$WORK/data/replica/sites" -maxdepth 2 -name serving.json 2>/dev/null | wc -l; }
for _ in $(seq 3600); do
    [ "$(served)" -lt "$SITES" ] || break
    kill -0 "${pid[edge]}" 2>/dev/null || { tail -n 20 "$WORK/edge.out" >&2; die "the edge ended"; }
    sleep 1
done
[ "$(served)" -eq "$SITES" ] || die "the replica was not filled in an hour"
filled=$(memory)
stop
mv "$WORK/store" "$WORK/away"

# ---- with the store away -----------------------------------------------------------------------------------------

began=$(now)
start "$WORK/edge.json"
until_snapshot 0 60
ready=$(awk -v us=$(($(now) - began)) 'BEGIN { printf "%.2f", us / 1000000 }')
sleep 2
started=$(memory)
before=$(cpu_us)
sleep 10
idle=$(awk -v us=$(($(cpu_us) - before)) 'BEGIN { printf "%.1f", us / 10000000 * 100 }')
traffic "$ACTIVE" "$RUN_SECONDS" >/dev/null
same=() same_cpu=() many=() many_cpu=()
for _ in $(seq "$RUNS"); do read -r rate cost <<<"$(traffic 1 "$RUN_SECONDS")"; same+=("$rate"); same_cpu+=("$cost"); done
for _ in $(seq "$RUNS"); do read -r rate cost <<<"$(traffic "$ACTIVE" "$RUN_SECONDS")"; many+=("$rate"); many_cpu+=("$cost"); done
busy=$(memory)

# ---- an activation ----------------------------------------------------------------------------------------------

mv "$WORK/away" "$WORK/store"
store_state=
for _ in $(seq 300); do
    # The beginning of a long answer: not by a pipe's exit code, which is curl's whose end was not wanted.
    seen=$(curl -sS --max-time 5 -H "Authorization: Bearer $TOKEN" "http://127.0.0.1:$MANAGEMENT/api/v1/sites" 2>/dev/null | head -c 4000 || true)
    [[ ! $seen =~ \"state\":\ *\"ok\" ]] || { store_state=ok; break; }
    sleep 0.2
done
[ "$store_state" = ok ] || die "the edge has not found the store again in a minute"
traffic "$ACTIVE" 8 >"$WORK/meanwhile" 2>"$WORK/meanwhile.err" &
meanwhile=$!
sleep 2
began=$(now)
snapshot=$("$FILL" activate "$WORK/store" 1 "$ENTRIES")
while [[ $(site_decision 1 || true) != *"$snapshot"* ]]; do
    [ $(($(now) - began)) -lt 60000000 ] || die "the activation was not seen in a minute"
    sleep 0.01
done
seen=$(awk -v us=$(($(now) - began)) 'BEGIN { printf "%.2f", us / 1000000 }')
wait "$meanwhile" || { cat "$WORK/meanwhile.err" >&2; die "visitors met errors during the activation"; }
stop

# ---- one site alone ----------------------------------------------------------------------------------------------

configure "$WORK/one.json" 1
mv "$WORK/store" "$WORK/away"
start "$WORK/one.json"
until_snapshot 0 60
traffic 1 "$RUN_SECONDS" >/dev/null
one=() one_cpu=()
for _ in $(seq "$RUNS"); do read -r rate cost <<<"$(traffic 1 "$RUN_SECONDS")"; one+=("$rate"); one_cpu+=("$cost"); done
alone=$(memory)
stop

same_rate=$(printf '%s\n' "${same[@]}" | median) many_rate=$(printf '%s\n' "${many[@]}" | median) one_rate=$(printf '%s\n' "${one[@]}" | median)
spread=$(awk -v a="$many_rate" -v b="$one_rate" 'BEGIN { printf "%.2f", a / b }')
ratio=$(awk -v a="$same_rate" -v b="$one_rate" 'BEGIN { printf "%.2f", a / b }')
cat >"$WORK/table" <<TABLE
$(machine); the edge shares all cores with the load, $RUNS runs of $RUN_SECONDS s, $CONNECTIONS connections.

| $SITES sites × $ENTRIES entries | measured | bound |
|---|---|---|
| process start to first answer from a snapshot, store away | $ready s | $READY_SECONDS s |
| resident while the replica was filled | $filled MiB | |
| resident after the start | $started MiB | |
| resident after traffic to $ACTIVE sites | $busy MiB | $RESIDENT_MB MiB |
| resident with one site, after traffic | $alone MiB | |
| CPU with nothing to do | $idle % of a core | |
| requests/s, pages of one site, of an edge with that site alone | $one_rate | |
| the same requests, of an edge with $SITES sites | $same_rate | |
| ratio | $ratio | $LEAST_RATIO |
| requests/s, any page of any of $ACTIVE sites | $many_rate | |
| ratio to one site's | $spread | |
| CPU-µs per request: one site alone, one of $SITES, any of $ACTIVE | $(printf '%s\n' "${one_cpu[@]}" | median), $(printf '%s\n' "${same_cpu[@]}" | median), $(printf '%s\n' "${many_cpu[@]}" | median) | |
| from the beginning of an activation to the visitor | $seen s | $SEEN_SECONDS s |
TABLE
cat "$WORK/table"
[ "${1:-}" != --write ] || write_table
awk -v ready="$ready" -v rmax="$READY_SECONDS" -v busy="$busy" -v bmax="$RESIDENT_MB" -v seen="$seen" -v smax="$SEEN_SECONDS" -v ratio="$ratio" -v rmin="$LEAST_RATIO" \
    'BEGIN { exit !(ready <= rmax && busy <= bmax && seen <= smax && ratio >= rmin) }'
