#!/usr/bin/env bash
# How does an edge carry many sites?
#
#   tests/benchmarks/many-sites.sh [--write]
#
# Makes a store of SITES sites with ENTRIES entries each, lets an edge fill its replica, and then, with the store away:
# how long from the start of the process to the first answer from a snapshot, and how much memory that takes; the same after
# traffic to any page of any of ACTIVE sites; the CPU of an edge that nobody asks for anything. Then, in turn with an edge that has one site alone: requests/s and CPU-µs
# per request for the pages of that site, and for any of ACTIVE. With the store back, how long from the record of an activation until it is seen while that traffic goes on.
# Prints a table, which --write puts into docs/performance.md, and exits with 1 when a bound is broken (READY_SECONDS, RESIDENT_MB, SEEN_SECONDS, LEAST_RATIO).
#
# Needs Release builds of src/EdgeHost and tests/benchmarks/ManySites. Nothing outside a temporary
# directory is written: about 11 GB for the defaults. Environment: lib.sh; SITES (10000), ENTRIES (500), BLOBS (50 of each site,
# 2 to 10 KB), ACTIVE (1000), RUN_SECONDS (5), RUNS (5), TMPDIR, EDGE (the program). Here an edge has all cores, and shares them with the load; the other one is halted.
SERVER_CORE=${SERVER_CORE:-0-$(($(nproc) - 1))} RUN_SECONDS=${RUN_SECONDS:-5} RUNS=${RUNS:-5}
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
SITES=${SITES:-10000} ENTRIES=${ENTRIES:-500} BLOBS=${BLOBS:-50} ACTIVE=${ACTIVE:-1000}
READY_SECONDS=${READY_SECONDS:-5} RESIDENT_MB=${RESIDENT_MB:-1024} SEEN_SECONDS=${SEEN_SECONDS:-2} LEAST_RATIO=${LEAST_RATIO:-0.9}
EDGE=${EDGE:-$BIN/EdgeHost/release/EdgeHost} FILL=$BIN/ManySites/release/ManySites
[ "$ACTIVE" -le "$SITES" ] || ACTIVE=$SITES
need wrk:wrk curl:curl
[ -x "$EDGE" ] && [ -x "$FILL" ] || die "no Release build: dotnet build -c Release of src/EdgeHost and tests/benchmarks/ManySites"

stop() {        # stop NAME
    kill -CONT "${pid[$1]}" 2>/dev/null || true
    kill -TERM "${pid[$1]}" 2>/dev/null || true
    for _ in $(seq 300); do kill -0 "${pid[$1]}" 2>/dev/null || break; sleep 0.1; done
    kill -KILL "${pid[$1]}" 2>/dev/null || true
    wait "${pid[$1]}" 2>/dev/null || true
    unset "pid[$1]"
}
now() { local t=${EPOCHREALTIME/[^0-9]/}; echo "$t"; }
site_decision() { curl -sS --max-time 5 -o /dev/null -D - -H "Host: www.site-$(printf %06d "$2").example" "http://127.0.0.1:${port[$1]}/" 2>/dev/null | tr -d '\r' | sed -n 's/^EdgeHost-Decision: *//Ip'; }
memory() { awk '/^VmRSS/ { printf "%d", $2 / 1024 }' "/proc/${pid[$1]}/status"; }
cpu_us() { echo $(($(ticks "${pid[$1]}") * 1000000 / TICKS)); }

start() { launch "$1" "$EDGE" --config "$WORK/$1.json"; }
until_snapshot() {      # until_snapshot NAME SITE
    local end=$(($(now) + 60 * 1000000))
    while [[ $(site_decision "$1" "$2" || true) != snapshot* ]]; do
        kill -0 "${pid[$1]}" 2>/dev/null || { tail -n 20 "$WORK/$1.out" >&2; die "the edge ended"; }
        [ "$(now)" -lt "$end" ] || { tail -n 5 "$WORK/$1.out" >&2; die "waited 60 s in vain for site $2"; }
        sleep 0.01
    done
}
configure() {   # configure NAME SITES: an edge with so many sites, whose origin is nowhere
    mkdir -p "$WORK/$1-log"     # not beside the configuration, whose directory is watched
    port[$1]=$(pick_port); port[$1-management]=$(pick_port); port[nobody]=${port[nobody]:-$(pick_port)}
    "$FILL" config "$WORK/$1.json" "$2" 2 "PublicUrl=http://127.0.0.1:${port[$1]}" "Management:Url=http://127.0.0.1:${port[$1-management]}" "Management:Token=$TOKEN" \
        "AccessLog:Path=$WORK/$1-log/access.log" "DataDirectory=$WORK/$1" "Store:Location=$WORK/store" "Origins:platform:Address=http://127.0.0.1:${port[nobody]}"
}
fill() {        # fill NAME SITES: its replica, out of the store
    start "$1"
    for _ in $(seq 3600); do
        [ "$(served "$1")" -lt "$2" ] || return 0
        kill -0 "${pid[$1]}" 2>/dev/null || { tail -n 20 "$WORK/$1.out" >&2; die "the edge ended"; }
        sleep 1
    done
    die "the replica was not filled in an hour"
}
served() { find "$WORK/$1/replica/sites" -maxdepth 2 -name serving.json 2>/dev/null | wc -l; }
traffic() {     # traffic NAME SITES SECONDS: requests/s and CPU-µs per request; any home page or other page of any of the sites
    local before after out requests
    before=$(cpu_us "$1")
    out=$(ACTIVE=$2 ENTRIES=$ENTRIES wrk -t1 -c"$CONNECTIONS" -d"$3" -s "$WORK/visit.lua" "http://127.0.0.1:${port[$1]}/")
    after=$(cpu_us "$1")
    requests=$(sed -n 's/ *\([0-9]*\) requests in.*/\1/p' <<<"$out")
    grep -qE 'Socket errors|Non-2xx' <<<"$out" && { say "$out"; die "not every answer was 200"; }
    echo "$(sed -n 's/^Requests\/sec: *//p' <<<"$out") $(awk -v us=$((after - before)) -v n="$requests" 'BEGIN { printf "%.2f", us / n }')"
}
alternate() {   # alternate NAME OTHER SITES ROW: a run of NAME, while OTHER is halted, after a second in which it comes to itself
    local measured
    kill -STOP "${pid[$2]}"
    kill -CONT "${pid[$1]}"
    traffic "$1" "$3" 1 >/dev/null
    measured=$(quiet traffic "$1" "$3" "$RUN_SECONDS") || exit 1
    echo "$4 $measured" | tee -a "$WORK/rates" >&2
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

# ---- a store, and replicas of it ---------------------------------------------------------------------------------

say "writing a store of $SITES sites with $ENTRIES entries and $BLOBS blobs each"
"$FILL" store "$WORK/store" "$SITES" "$ENTRIES" "$BLOBS"
configure one 1
configure many "$SITES"
say "filling the replicas"
fill one 1
stop one
fill many "$SITES"
filled=$(memory many)
stop many
mv "$WORK/store" "$WORK/away"

# ---- with the store away -----------------------------------------------------------------------------------------

began=$(now)
start many
until_snapshot many 0
ready=$(awk -v us=$(($(now) - began)) 'BEGIN { printf "%.2f", us / 1000000 }')
sleep 2
started=$(memory many)
traffic many "$ACTIVE" 20 >/dev/null        # .NET compiles what is hot while it runs
traffic many 1 10 >/dev/null
sleep 45        # past what is done once in the first minute
before=$(cpu_us many)
sleep 20
idle=$(awk -v us=$(($(cpu_us many) - before)) 'BEGIN { printf "%.1f", us / 20000000 * 100 }')
kill -STOP "${pid[many]}"
start one
until_snapshot one 0
traffic one 1 30 >/dev/null
for _ in $(seq "$RUNS"); do
    alternate many one 1 same
    alternate many one "$ACTIVE" any
    alternate one many 1 one
done
busy=$(memory many) alone=$(memory one)
stop one
kill -CONT "${pid[many]}"

# ---- an activation ----------------------------------------------------------------------------------------------

mv "$WORK/away" "$WORK/store"
store_state=
for _ in $(seq 300); do
    # The beginning of a long answer: not by a pipe's exit code, which is curl's whose end was not wanted.
    seen=$(curl -sS --max-time 5 -H "Authorization: Bearer $TOKEN" "http://127.0.0.1:${port[many-management]}/api/v1/sites" 2>/dev/null | head -c 4000 || true)
    [[ ! $seen =~ \"state\":\ *\"ok\" ]] || { store_state=ok; break; }
    sleep 0.2
done
[ "$store_state" = ok ] || die "the edge has not found the store again in a minute"
traffic many "$ACTIVE" 8 >"$WORK/meanwhile" 2>"$WORK/meanwhile.err" &
meanwhile=$!
sleep 2
read -r snapshot began <<<"$("$FILL" activate "$WORK/store" 1 "$ENTRIES")"
while [[ $(site_decision many 1 || true) != *"$snapshot"* ]]; do
    [ $(($(now) - began)) -lt 60000000 ] || die "the activation was not seen in a minute"
    sleep 0.01
done
seen=$(awk -v us=$(($(now) - began)) 'BEGIN { printf "%.2f", us / 1000000 }')
wait "$meanwhile" || { cat "$WORK/meanwhile.err" >&2; die "visitors met errors during the activation"; }
stop many

of() { awk -v row="$1" -v field="$2" '$1 == row { print $field }' "$WORK/rates" | median; }
ratio=$(awk -v a="$(of same 2)" -v b="$(of one 2)" 'BEGIN { printf "%.2f", a / b }')
spread=$(awk -v a="$(of any 2)" -v b="$(of one 2)" 'BEGIN { printf "%.2f", a / b }')
cat >"$WORK/table" <<TABLE
$(machine); the edge shares all cores with the load, $RUNS alternating runs of $RUN_SECONDS s, $CONNECTIONS connections; $(host).

| $SITES sites × $ENTRIES entries | measured | bound |
|---|---|---|
| process start to first answer from a snapshot, store away | $ready s | $READY_SECONDS s |
| resident while the replica was filled | $filled MiB | |
| resident after the start | $started MiB | |
| resident after traffic to $ACTIVE sites | $busy MiB | $RESIDENT_MB MiB |
| resident with one site, after traffic | $alone MiB | |
| CPU with nothing to do | $idle % of a core | |
| requests/s, pages of one site, of an edge with that site alone | $(of one 2) | |
| the same requests, of an edge with $SITES sites | $(of same 2) | |
| ratio | $ratio | $LEAST_RATIO |
| requests/s, any page of any of $ACTIVE sites | $(of any 2) | |
| ratio to one site's | $spread | |
| CPU-µs per request: one site alone, one of $SITES, any of $ACTIVE | $(of one 3), $(of same 3), $(of any 3) | |
| from the record of an activation to the visitor | $seen s | $SEEN_SECONDS s |
TABLE
cat "$WORK/table"
[ "${1:-}" != --write ] || write_table
awk -v ready="$ready" -v rmax="$READY_SECONDS" -v busy="$busy" -v bmax="$RESIDENT_MB" -v seen="$seen" -v smax="$SEEN_SECONDS" -v ratio="$ratio" -v rmin="$LEAST_RATIO" \
    'BEGIN { exit !(ready <= rmax && busy <= bmax && seen <= smax && ratio >= rmin) }'
