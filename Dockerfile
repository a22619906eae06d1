# Two images from one build:
#   docker build -t edgehost .                                  the edge (default target)
#   docker build -t static-export --target static-export .      the export job
#
# tests/packaging/publish-step.sh runs the `RUN dotnet publish` lines of this file without Docker; keep each on its own,
# with paths relative to the repository and $OUT.

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
ARG TARGETARCH
ENV OUT=/out DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
WORKDIR /source
COPY . .
RUN dotnet publish src/EdgeHost/EdgeHost.csproj -c Release -a $TARGETARCH --self-contained false \
        -p:PublishReadyToRun=true -p:DebugType=none -o $OUT/edge
RUN dotnet publish static-export/static-export.csproj -c Release -a $TARGETARCH --self-contained false \
        -p:PublishReadyToRun=true -p:DebugType=none -o $OUT/static-export
# The final images have no shell that could make it.
RUN mkdir -p $OUT/data

# Chiseled: neither shell nor package manager, and APP_UID is a user without rights.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled AS static-export
WORKDIR /app
COPY --from=build /out/static-export ./
USER $APP_UID
ENTRYPOINT ["./static-export"]

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled AS edge
WORKDIR /app
COPY --from=build /out/edge ./
# The replica: what the edge needs to serve without the store. Mount something that outlives the container.
COPY --from=build --chown=$APP_UID:$APP_UID /out/data /var/lib/edgehost
VOLUME /var/lib/edgehost
ENV EdgeHost__DataDirectory=/var/lib/edgehost \
    EdgeHost__PublicUrl=http://+:8080
EXPOSE 8080
USER $APP_UID
# Only whether the edge itself is well: an ill origin or store must never restart it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 CMD ["./EdgeHost", "health"]
ENTRYPOINT ["./EdgeHost"]
