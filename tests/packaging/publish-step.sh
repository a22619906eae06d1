#!/usr/bin/env bash
# Does what the Dockerfile's build does, without Docker, so that the file itself is tested and not a copy of it:
#
#   publish-step.sh OUT
#
# runs each `RUN dotnet publish` of the Dockerfile in a copy of the repository that lacks what .dockerignore names, for this
# machine's architecture (or TARGETARCH), into OUT. stdout: a line `TARGET DIRECTORY ENTRYPOINT` for each final image, tabs
# between and the entrypoint as the JSON array that it is; all else goes to stderr.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
mkdir -p "${1:?usage: publish-step.sh OUT}"
OUT=$(cd "$1" && pwd -P)
if [ -z "${TARGETARCH:-}" ]; then
    case $(uname -m) in x86_64) TARGETARCH=amd64 ;; aarch64) TARGETARCH=arm64 ;; *) TARGETARCH=$(uname -m) ;; esac
fi
export OUT TARGETARCH DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

context=$(mktemp -d "${TMPDIR:-/tmp}/edgehost-context.XXXXXX")
trap 'rm -rf "$context"' EXIT
ignore=()
while IFS= read -r line; do
    case $line in
        '' | '#'*) ;;
        '!'*) echo "publish-step: no exceptions in .dockerignore, please: $line" >&2; exit 2 ;;
        '**/'*) ignore+=(--no-anchored --exclude="${line#\*\*/}") ;;
        *) ignore+=(--anchored --exclude="./$line") ;;
    esac
done <"$ROOT/.dockerignore"
tar -C "$ROOT" -c "${ignore[@]}" . | tar -C "$context" -x

# One instruction a line, continuations joined.
instructions=$(sed -e ':a' -e '/\\$/{N;s/\\\n[[:space:]]*/ /;ba' -e '}' "$ROOT/Dockerfile")
steps=$(grep '^RUN dotnet publish ' <<<"$instructions") || { echo "publish-step: no RUN dotnet publish in the Dockerfile" >&2; exit 2; }
while IFS= read -r step; do
    echo "publish-step: ${step#RUN }" >&2
    (cd "$context" && eval "${step#RUN }" -p:UseSharedCompilation=false) </dev/null >&2
done <<<"$steps"

target=
while IFS= read -r line; do
    case $line in
        'FROM '*' AS '*) target=${line##* } ;;
        'COPY --from=build /out/'*) directory=$OUT/$(sed -E 's,^COPY --from=build /out/([^ ]*) .*,\1,' <<<"$line") ;;
        'ENTRYPOINT '*) printf '%s\t%s\t%s\n' "$target" "$directory" "${line#ENTRYPOINT }" ;;
    esac
done <<<"$instructions"
