using EdgeHost.Clients;
using EdgeHost.Decisions;
using EdgeHost.Evidence;
using EdgeHost.Health;
using EdgeHost.Live;
using EdgeHost.Origins;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore.Bodies;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.Unavailable;

namespace EdgeHost.Requests;

/// <summary>Carries a decision out: the origin, the snapshot or neither; and from the origin to the snapshot when that may be.</summary>
internal sealed class EdgeResponder(LiveForwarder live, SnapshotResponder snapshots, HealthEvents health, ContentWatch content, TimeProvider clock)
{
    public ValueTask<RequestOutcome> RespondAsync(in EdgeRequest request)
    {
        var headers = request.Context.Request.Headers;
        var options = request.Table.Options;
        if (headers.TryGetValue(CdnLoop.Header, out var passed) && CdnLoop.Holds(passed, options.LoopId))
        {
            health.LoopSeen(request.Site);
            return RefusalResponder.RefuseAsync(request.Context, RequestRefusal.Loop);
        }

        var decision = request.Facts.Decide(isExport: headers.ContainsKey(EdgeHeaders.Export));
        return decision.Kind switch
        {
            DecisionKind.Live => LiveAsync(request, decision),
            DecisionKind.Snapshot when decision.MayTrickle && IsWholePage(request) && request.Site.TryTrickle() is { } gate => LiveAsync(request, Decision.Trickle, gate.End),
            DecisionKind.Snapshot => SnapshotAsync(request, decision, null),
            _ => UnavailableAsync(request, decision, null),
        };
    }

    private async ValueTask<RequestOutcome> LiveAsync(EdgeRequest request, Decision decision, Action? release = null)
    {
        if (RequestFraming.HasBadHeader(request.Context.Request.Headers))
        {
            release?.Invoke();
            return await RefusalResponder.RefuseAsync(request.Context, RequestRefusal.MalformedHeader);
        }

        var options = request.Table.Options;
        var origin = request.Site.Origin;
        var visitor = decision.Admission == Admission.Free ? 0 : VisitorNetwork.Of(request.Client);
        return decision.Admission switch
        {
            Admission.Return when !origin.Returns.TryTake(options.Switching.ReturnRate, request.Coverage == Coverage.Covered, visitor) => await WithoutPlaceAsync(request, decision),
            Admission.Try when !origin.Tries.TryBegin(options.Live.MaxTries, visitor) => await WithoutPlaceAsync(request, decision),
            Admission.Challenge when !origin.TryBeginChallenge(visitor) => await WithoutPlaceAsync(request, decision),
            Admission.Try => await ForwardAsync(request, decision, options.Live.TryTimeout, () => origin.Tries.End(visitor)),
            Admission.Challenge => await ForwardAsync(request, decision, options.Live.TryTimeout, () => origin.EndChallenge(visitor)),
            _ => await ForwardAsync(request, decision, options.Live.ActivityTimeout, release),
        };
    }

    private ValueTask<RequestOutcome> WithoutPlaceAsync(EdgeRequest request, Decision decision)
    {
        var instead = decision.WithoutPlace(request.IsRead, request.Coverage);
        return instead.Kind == DecisionKind.Snapshot ? SnapshotAsync(request, instead, null) : UnavailableAsync(request, instead, null);
    }

    private async ValueTask<RequestOutcome> ForwardAsync(EdgeRequest request, Decision decision, TimeSpan activityTimeout, Action? release)
    {
        var context = request.Context;
        var mayRescue = decision.MayRescue(request.IsRead, request.Coverage);
        var entry = request.Found?.Entry;
        using var attempt = new LiveAttempt(request, mayRescue, health, release, clock.GetTimestamp());
        var call = new OriginCall
        {
            HeadersTimeout = mayRescue ? request.Site.CoveredHeadersTimeout
                : decision.Admission is Admission.Try or Admission.Challenge ? request.Table.Options.Live.TryTimeout
                : Timeout.InfiniteTimeSpan,
            BodyTimeout = mayRescue ? request.Table.Options.Live.CoveredBodyTimeout : TimeSpan.Zero,
            Watch = mayRescue && HttpMethods.IsGet(context.Request.Method) && PageRequest.IsWhole(context.Request.Headers) ? content.For(request.Site, request.Snapshot!, entry!, request.Page, VisitorNetwork.Of(request.Client)) : null,
            CopyStatus = entry?.Status ?? 0,
            CopyEndsInHtml = entry is { IsHtml: true } && !PageRequest.IsPart(context.Request.Headers) ? cancellationToken => EndsInHtmlAsync(entry, cancellationToken) : null,
        };
        var exchange = new LiveExchange
        {
            Origin = request.Site.Origin,
            Target = request.Target,
            Client = request.Client,
            LoopId = request.Table.Options.LoopId,
            DecisionHeader = request.DecisionHeader,
            Decision = decision,
            Scope = request.DecidedBy,
            MayRescue = mayRescue,
            Call = call,
            Begun = release is null ? null : attempt.Begun,
        };
        var outcome = await live.ForwardAsync(context, exchange, activityTimeout);
        if (outcome == LiveOutcome.ClientGone)
        {
            return new RequestOutcome(decision, "client-gone");
        }

        attempt.Ended(call.Failure, exchange.OriginStatus);
        var problem = call.Failure == OriginFailure.None ? null : call.Failure.Name();
        if (outcome != LiveOutcome.FailedBeforeStart)
        {
            return new RequestOutcome(decision, problem, IsCut: outcome == LiveOutcome.CutAfterStart);
        }

        // Status and headers of the failed answer may have been set already.
        context.Response.Clear();
        context.Response.Headers["Proxy-Status"] = call.Failure.ProxyStatus(exchange.OriginStatus);
        var instead = decision.WhenFailed(request.IsRead, request.Coverage);
        return instead.Kind == DecisionKind.Snapshot ? await SnapshotAsync(request, instead, problem) : await UnavailableAsync(request, instead, problem);
    }

    private ValueTask<RequestOutcome> SnapshotAsync(in EdgeRequest request, in Decision decision, string? problem)
    {
        if (decision.Reason == DecisionReason.OriginDown && request.Site.Origin.Health.Current is { Phase: HealthPhase.Snapshot, LastFailure: var cause })
        {
            request.Context.Response.Headers["Proxy-Status"] = cause.ProxyStatus(0);
        }

        if ((request.Found ?? request.Snapshot?.NotFound) is not { } found)
        {
            return WithoutBodyAsync(request, decision, problem);
        }

        var giving = snapshots.RespondAsync(new SnapshotAnswer(request.Context, found, decision.Reason, request.Table.SnapshotCacheControl, request.DecisionHeader, request.DecidedBy));
        return !giving.IsCompletedSuccessfully ? EndSnapshotAsync(giving, request, decision, problem, found.From.Id)
            : giving.Result ? new ValueTask<RequestOutcome>(new RequestOutcome(decision, problem, found.From.Id))
            : WithoutBodyAsync(request, decision, problem);
    }

    private async ValueTask<RequestOutcome> EndSnapshotAsync(ValueTask<bool> giving, EdgeRequest request, Decision decision, string? problem, string snapshot)
    {
        try
        {
            return await giving ? new RequestOutcome(decision, problem, snapshot) : await WithoutBodyAsync(request, decision, problem);
        }
        catch (OperationCanceledException) when (request.Context.RequestAborted.IsCancellationRequested)
        {
            return new RequestOutcome(decision, "client-gone", snapshot);
        }
    }

    private ValueTask<RequestOutcome> WithoutBodyAsync(in EdgeRequest request, in Decision decision, string? problem)
    {
        var without = request with { Facts = request.Facts.WithoutBody() };
        return decision.Reason is DecisionReason.SnapshotFirst or DecisionReason.OriginReturning && without.Facts.Decide(isExport: false) is { Kind: DecisionKind.Live } live
            ? LiveAsync(without, live)
            : UnavailableAsync(request, new Decision(DecisionKind.Unavailable, DecisionReason.BodyMissing), problem);
    }

    private static async ValueTask<RequestOutcome> UnavailableAsync(EdgeRequest request, Decision decision, string? problem)
    {
        await UnavailableResponder.RespondAsync(request.Context, request.Site, decision.Reason, request.DecisionHeader, request.DecidedBy);
        return new RequestOutcome(decision, problem);
    }

    // What finds out for all is not to be an image, or a part of a film.
    private static bool IsWholePage(EdgeRequest request) => request.Found is { Entry.Kind: EntryKind.Document } && PageRequest.IsWhole(request.Context.Request.Headers);

    private async ValueTask<bool> EndsInHtmlAsync(SnapshotEntry entry, CancellationToken cancellationToken) =>
        await snapshots.TailAsync(entry, HtmlEnd.TailLength, cancellationToken) is { } tail && HtmlEnd.IsIn(tail.Span);
}
