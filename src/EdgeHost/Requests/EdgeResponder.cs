using EdgeHost.Decisions;
using EdgeHost.Health;
using EdgeHost.Live;
using EdgeHost.Sites;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore.Bodies;
using EdgeHost.Unavailable;

namespace EdgeHost.Requests;

/// <summary>Carries a decision out: the origin, the snapshot or neither; and from the origin to the snapshot when that may be.</summary>
internal sealed class EdgeResponder(LiveForwarder live, SnapshotResponder snapshots, HealthEvents health)
{
    public ValueTask<RequestOutcome> RespondAsync(EdgeRequest request)
    {
        var headers = request.Context.Request.Headers;
        var options = request.Table.Options;
        if (headers.TryGetValue(CdnLoop.Header, out var passed) && CdnLoop.Holds(passed, options.LoopId))
        {
            return RefuseLoopAsync(request);
        }

        var isExport = headers.ContainsKey(EdgeHeaders.Export);
        var decision = Decision.For(request.IsRead, isExport, request.Site.State.Mode.Mode, HealthOf(request.Site), request.Coverage);
        return decision.Kind switch
        {
            DecisionKind.Live => LiveAsync(request, decision),
            DecisionKind.Snapshot => SnapshotAsync(request, decision, null),
            _ => UnavailableAsync(request, decision, null),
        };
    }

    private static OriginHealth HealthOf(Site site)
    {
        if (site.Origin.Health.IsDown)
        {
            return OriginHealth.Unreachable;
        }

        return site.State.Health.IsDown ? OriginHealth.Ill : OriginHealth.Up;
    }

    private async ValueTask<RequestOutcome> LiveAsync(EdgeRequest request, Decision decision)
    {
        if (RequestFraming.HasBadHeader(request.Context.Request.Headers))
        {
            const string Problem = "A header is malformed.";
            await UnavailableResponder.RefuseAsync(request.Context, StatusCodes.Status400BadRequest, DecisionReason.BadRequest, Problem);
            return new RequestOutcome(new Decision(DecisionKind.Refused, DecisionReason.BadRequest), Problem);
        }

        var options = request.Table.Options.Live;
        var isTry = decision.Reason == DecisionReason.TryOnce || (decision.Reason == DecisionReason.ExportRequest && HealthOf(request.Site) != OriginHealth.Up);
        if (!isTry)
        {
            return await ForwardAsync(request, decision, options.ActivityTimeout);
        }

        var origin = request.Site.Origin;
        if (!origin.BeginTry(options.MaxTries))
        {
            return await UnavailableAsync(request, new Decision(DecisionKind.Unavailable, DecisionReason.OriginDown), null);
        }

        try
        {
            return await ForwardAsync(request, decision, options.TryTimeout);
        }
        finally
        {
            origin.EndTry();
        }
    }

    private async ValueTask<RequestOutcome> ForwardAsync(EdgeRequest request, Decision decision, TimeSpan activityTimeout)
    {
        var context = request.Context;
        var mayRescue = decision.MayRescue(request.IsRead, request.Coverage);
        var exchange = new LiveExchange(request.Site, request.Target, request.Client, request.Table.Options)
        {
            Decision = decision,
            MayRescue = mayRescue,
            HeadersTimeout = mayRescue ? request.Table.Options.Live.CoveredHeadersTimeout : Timeout.InfiniteTimeSpan,
            CopyStatus = request.Entry?.Status ?? 0,
            CopyEndsInHtml = request.Entry is { IsHtml: true } entry && !AsksForFragment(context.Request.Headers) ? cancellationToken => EndsInHtmlAsync(entry, cancellationToken) : null,
        };
        var outcome = await live.ForwardAsync(context, exchange, activityTimeout);
        if (outcome == LiveOutcome.ClientGone)
        {
            return new RequestOutcome(decision, "client-gone");
        }

        if (exchange.Failure.IsEvidence(request.IsRead, mayRescue))
        {
            health.Observe(request.Site, exchange.Failure);
        }

        var problem = exchange.Failure == OriginFailure.None ? null : DecisionNames.Kebab(exchange.Failure.ToString());
        if (outcome != LiveOutcome.FailedBeforeStart)
        {
            return new RequestOutcome(decision, problem, IsCut: outcome == LiveOutcome.CutAfterStart);
        }

        // Status and headers of the failed answer may have been set already.
        context.Response.Clear();
        context.Response.Headers["Proxy-Status"] = exchange.Failure.ProxyStatus(exchange.OriginStatus);
        return mayRescue
            ? await SnapshotAsync(request, new Decision(DecisionKind.Snapshot, DecisionReason.Rescue), problem)
            : await UnavailableAsync(request, new Decision(DecisionKind.Unavailable, DecisionReason.OriginDown), problem);
    }

    private async ValueTask<RequestOutcome> SnapshotAsync(EdgeRequest request, Decision decision, string? problem)
    {
        if (request.Site.Origin.Health.IsDown && decision.Reason == DecisionReason.OriginDown)
        {
            request.Context.Response.Headers["Proxy-Status"] = request.Site.Origin.Health.LastFailure.ProxyStatus(0);
        }

        if (await snapshots.RespondAsync(request.Context, request.From!, request.Entry!, decision.Reason, request.DecisionHeader))
        {
            return new RequestOutcome(decision, problem, request.From!.Id);
        }

        return await UnavailableAsync(request, new Decision(DecisionKind.Unavailable, DecisionReason.BodyMissing), problem);
    }

    private async ValueTask<RequestOutcome> UnavailableAsync(EdgeRequest request, Decision decision, string? problem)
    {
        if (decision.Reason == DecisionReason.NotInSnapshot && request.Site.SnapshotMiss == MissPolicy.NotFound && request.Snapshot!.NotFound is { } notFound
            && await snapshots.RespondAsync(request.Context, request.Snapshot, notFound, decision.Reason, request.DecisionHeader))
        {
            return new RequestOutcome(new Decision(DecisionKind.Snapshot, decision.Reason), problem, request.Snapshot.Id);
        }

        await UnavailableResponder.RespondAsync(request.Context, request.Site, decision.Reason, request.DecisionHeader);
        return new RequestOutcome(decision, problem);
    }

    private async ValueTask<RequestOutcome> RefuseLoopAsync(EdgeRequest request)
    {
        health.LoopSeen(request.Site);
        await UnavailableResponder.RefuseAsync(request.Context, StatusCodes.Status508LoopDetected, DecisionReason.Loop, "This request has passed here before: the origin's address leads back to this edge.");
        return new RequestOutcome(new Decision(DecisionKind.Refused, DecisionReason.Loop), "loop-detected");
    }

    // Scripts that ask for a part of a page say so, and a part has no </html>.
    private static bool AsksForFragment(IHeaderDictionary headers) => headers.ContainsKey("X-Requested-With") || headers.ContainsKey("HX-Request");

    private async ValueTask<bool> EndsInHtmlAsync(SnapshotEntry entry, CancellationToken cancellationToken) =>
        await snapshots.TailAsync(entry, HtmlEnd.TailLength, cancellationToken) is { } tail && HtmlEnd.IsIn(tail.Span);
}
