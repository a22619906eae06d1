#!/usr/bin/env bash
# What does an answer from the edge's snapshot cost, beside servers that do nothing else?
#
#   tests/benchmarks/snapshot.sh [--write]
#
# nginx (sendfile, brotli_static, gzip_static), Varnish and Caddy from Debian, which are installed where they are missing; access logs on for all.
# Bodies are compared byte for byte first. --write puts the table into docs/performance.md. Environment: lib.sh; ROWS: a regular expression of rows.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
ROWS=${ROWS:-.}
[ "${1:-}" != --write ] || [ "$ROWS" = . ] || die "--write puts the whole table into the documentation: leave ROWS out"
need nginx-light:nginx varnish:varnishd caddy:caddy wrk:wrk nghttp2-client:h2load brotli:brotli curl:curl
[ -e "$BROTLI" ] || need libnginx-mod-http-brotli-static:brotli_static_module

make_site
brotli -k -q 11 "$WORK/site/guide.html"
gzip -9 -k "$WORK/site/guide.html"
start_nginx nginx ''
start_nginx nginx-br 'brotli_static on;'
start_nginx nginx-gz 'gzip_static on;'
origin=http://127.0.0.1:${port[nginx]}
start_edge edge "$origin"
force_snapshot edge

start_varnish() {
    port[varnish]=$(pick_port)
    mkdir -p "$WORK/varnish"
    launch varnish varnishd -F -n "$WORK/varnish" -a "127.0.0.1:${port[varnish]}" -b "127.0.0.1:${port[nginx]}" -s malloc,256m -t 3600 -p workspace_client=96k
    wait_for varnish varnish fetch -f "http://127.0.0.1:${port[varnish]}/page.html"
    launch varnishncsa varnishncsa -n "$WORK/varnish" -w "$WORK/varnish/access.log"
    helpers[varnish]=${pid[varnishncsa]}
}
start_caddy() {
    port[caddy]=$(pick_port)
    mkdir -p "$WORK/caddy"
    printf '{\n admin off\n auto_https off\n}\nhttp://:%s {\n bind 127.0.0.1\n root * %s\n file_server\n log {\n  output file %s/access.log\n }\n}\n' "${port[caddy]}" "$WORK/site" "$WORK/caddy" >"$WORK/caddy/Caddyfile"
    launch caddy env HOME="$WORK/caddy" GOMAXPROCS=1 caddy run --adapter caddyfile --config "$WORK/caddy/Caddyfile"
    wait_for caddy caddy fetch -f "http://127.0.0.1:${port[caddy]}/page.html"
}
start_varnish
start_caddy

url() { echo "http://127.0.0.1:${port[$1]}$2"; }
same() {        # same TARGET SERVER... [-- OPTIONS]: all answer with the same bytes
    local target=$1 first='' server; shift
    for server in "$@"; do
        fetch -o "$WORK/$server.body" "$(url "$server" "$target")"
        [ -z "$first" ] && first=$server || cmp "$WORK/$first.body" "$WORK/$server.body" || die "$first and $server differ in $target"
    done
}
same /page.html edge nginx varnish caddy
same /image.jpg edge nginx
cmp <(fetch --compressed -H 'Accept-Encoding: br' "$(url edge /guide.html)") <(fetch --compressed "$(url nginx-br /guide.html)") || die "the coded pages differ"
say "guide.html as sent: edge $(fetch -H 'Accept-Encoding: br' "$(url edge /guide.html)" | wc -c), nginx br $(fetch -H 'Accept-Encoding: br' "$(url nginx-br /guide.html)" | wc -c), nginx gzip $(fetch -H 'Accept-Encoding: gzip' "$(url nginx-gz /guide.html)" | wc -c) bytes"
etag() { fetch -o /dev/null -D - "$(url "$1" /page.html)" | tr -d '\r' | sed -n 's/^ETag: *//Ip'; }

row='10 KB page'
for server in edge nginx varnish caddy; do entry "$row" $server wrk "$(url $server /page.html)"; done
row='30 KB page, coded'
entry "$row" edge wrk "$(url edge /guide.html)" -H 'Accept-Encoding: br'
entry "$row" nginx-br wrk "$(url nginx-br /guide.html)" -H 'Accept-Encoding: br'
entry "$row" nginx-gz wrk "$(url nginx-gz /guide.html)" -H 'Accept-Encoding: gzip'
row='304'
for server in edge nginx; do entry "$row" $server wrk "$(url $server /page.html)" -H "If-None-Match: $(etag $server)"; done
row='1 MB image'
for server in edge nginx; do entry "$row" $server wrk "$(url $server /image.jpg)"; done
row='10 KB page, HTTP/2'
for server in edge nginx; do entry "$row" $server h2load "$(url $server-h2 /page.html)"; done

chosen=()
for e in "${entries[@]}"; do [[ ${e%%$'\x1f'*} =~ $ROWS ]] && chosen+=("$e"); done
entries=("${chosen[@]}")
run_rows
is_snapshot edge || die "the edge no longer answers from the snapshot"
for log in nginx/access.log varnish/access.log caddy/access.log edge/log/access.log; do [ -s "$WORK/$log" ] || die "no access log $log"; done
[ "${1:-}" != --write ] || write_table
