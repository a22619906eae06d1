using EdgeHost.Decisions;
using EdgeHost.Evidence;
using EdgeHost.Health;
using EdgeHost.Live;
using EdgeHost.Origins;
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
        var decision = Decision.For(request.IsRead, isExport, request.Mode.Mode, request.Site.Health, request.Coverage);
        return decision.Kind switch
        {
            DecisionKind.Live => LiveAsync(request, decision),
            DecisionKind.Snapshot => SnapshotAsync(request, decision, null),
            _ => UnavailableAsync(request, decision, null),
        };
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
        if (!decision.IsTry)
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
        var entry = request.Found?.Entry;
        var call = new OriginCall
        {
            HeadersTimeout = mayRescue ? request.Table.Options.Live.CoveredHeadersTimeout : Timeout.InfiniteTimeSpan,
            CopyStatus = entry?.Status ?? 0,
            CopyEndsInHtml = entry is { IsHtml: true } && !AsksForFragment(context.Request.Headers) ? cancellationToken => EndsInHtmlAsync(entry, cancellationToken) : null,
        };
        var exchange = new LiveExchange
        {
            Origin = request.Site.Origin,
            Target = request.Target,
            Client = request.Client,
            LoopId = request.Table.Options.LoopId,
            DecisionHeader = request.DecisionHeader,
            Decision = decision,
            Scope = request.Mode.DecidedBy,
            MayRescue = mayRescue,
            Call = call,
        };
        var outcome = await live.ForwardAsync(context, exchange, activityTimeout);
        if (outcome == LiveOutcome.ClientGone)
        {
            return new RequestOutcome(decision, "client-gone");
        }

        if (call.Failure.IsEvidence(request.IsRead, mayRescue))
        {
            health.Observe(request.Site, call.Failure);
        }

        var problem = call.Failure == OriginFailure.None ? null : call.Failure.Name();
        if (outcome != LiveOutcome.FailedBeforeStart)
        {
            return new RequestOutcome(decision, problem, IsCut: outcome == LiveOutcome.CutAfterStart);
        }

        // Status and headers of the failed answer may have been set already.
        context.Response.Clear();
        context.Response.Headers["Proxy-Status"] = call.Failure.ProxyStatus(exchange.OriginStatus);
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

        var found = request.Found ?? request.Snapshot!.NotFound!.Value;
        return await snapshots.RespondAsync(new SnapshotAnswer(request.Context, found, decision.Reason, request.Table.SnapshotCacheControl, request.DecisionHeader, request.Mode.DecidedBy))
            ? new RequestOutcome(decision, problem, found.From.Id)
            : await UnavailableAsync(request, new Decision(DecisionKind.Unavailable, DecisionReason.BodyMissing), problem);
    }

    private static async ValueTask<RequestOutcome> UnavailableAsync(EdgeRequest request, Decision decision, string? problem)
    {
        await UnavailableResponder.RespondAsync(request.Context, request.Site, decision.Reason, request.DecisionHeader, request.Mode.DecidedBy);
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
