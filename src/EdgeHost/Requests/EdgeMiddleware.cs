using EdgeHost.AccessLogs;
using EdgeHost.Clients;
using EdgeHost.Decisions;
using EdgeHost.Sites;
using EdgeHost.Tls;

namespace EdgeHost.Requests;

/// <summary>
/// The one terminal middleware of the public listener: target → host → site → decision → answer → one log line.
/// Nothing stands before it, no routing and no other middleware, so that a snapshot is given with the least work.
/// </summary>
internal sealed class EdgeMiddleware(SiteTableState tables, EdgeResponder responder, AccessLog accessLog, TimeProvider clock)
{
    private readonly AccessClock time = new(clock);

    public Task InvokeAsync(EdgeContext context)
    {
        var startedAt = clock.GetTimestamp();
        return context.Pauses.Count(startedAt) ? InvokeElsewhereAsync(context, startedAt) : InvokeAsync(context, startedAt, mayRead: false);
    }

    /// <param name="context">The request.</param>
    /// <param name="startedAt">When it came.</param>
    /// <param name="mayRead">Whether this is a thread on which files may be read.</param>
    private Task InvokeAsync(EdgeContext context, long startedAt, bool mayRead)
    {
        var arrival = new Arrival(tables.Current, context, startedAt, mayRead);
        var answering = Answer(context.Http, ref arrival);
        if (arrival.MustRead)
        {
            return InvokeElsewhereAsync(context, startedAt);
        }

        if (!answering.IsCompletedSuccessfully)
        {
            return FinishAsync(arrival, answering);
        }

        // A page from memory: nothing was waited for, and nothing is allocated.
        var outcome = answering.Result;
        Leave(arrival, outcome);
        return outcome.IsCut ? Task.FromException(new AnswerCutException(outcome.Problem)) : Task.CompletedTask;
    }

    // On a thread of the pool: files are not read on one of the sockets, nor is one of those kept from its other connections.
    private async Task InvokeElsewhereAsync(EdgeContext context, long startedAt)
    {
        await Task.Yield();
        await InvokeAsync(context, startedAt, mayRead: true);
    }

    // What goes wrong is told in one place, whether it was waited for or not.
    private ValueTask<RequestOutcome> Answer(HttpContext context, ref Arrival arrival)
    {
        try
        {
            return AnswerAsync(context, ref arrival);
        }
        catch (Exception e)
        {
            return ValueTask.FromException<RequestOutcome>(e);
        }
    }

    private async Task FinishAsync(Arrival arrival, ValueTask<RequestOutcome> answering)
    {
        var context = arrival.Context.Http;
        var outcome = new RequestOutcome(new Decision(DecisionKind.Refused, DecisionReason.BadRequest));
        var isAnswered = true;
        try
        {
            outcome = await answering;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away while it was being answered.
            outcome = outcome with { Problem = "client-gone" };
            isAnswered = false;
        }
        catch (Exception)
        {
            // Kestrel logs it and answers 500, where nothing has been sent yet.
            outcome = new RequestOutcome(new Decision(DecisionKind.Unavailable, DecisionReason.EdgeFault), "edge-fault");
            throw;
        }
        finally
        {
            Leave(arrival, outcome, isAnswered);
        }

        if (outcome.IsCut)
        {
            throw new AnswerCutException(outcome.Problem);
        }
    }

    private ValueTask<RequestOutcome> AnswerAsync(HttpContext context, ref Arrival arrival)
    {
        arrival.Client = ClientAddress.Of(context, arrival.Table.TrustedProxies);
        // Not Request.Host: that turns punycode into Unicode.
        var authority = context.Request.Headers.Host.ToString();
        var address = RequestAddress.Of(arrival.Table, arrival.RawTarget, authority);
        arrival.Site = address.Site;
        if (address.Refusal is { } refusal)
        {
            return RefusalResponder.RefuseAsync(context, refusal);
        }

        // A proxy before the edge sends many hosts through one connection, and answers for it (RFC 9110 §7.4).
        if (context.Request.IsHttps && !SecuredHost.Is(context, authority) && !arrival.Table.TrustedProxies.Trusts(context.Connection.RemoteIpAddress))
        {
            return RefusalResponder.RefuseAsync(context, RequestRefusal.Misdirected);
        }

        if (RequestFraming.Check(context.Request) is { } problem)
        {
            return RefusalResponder.RefuseAsync(context, new RequestRefusal(StatusCodes.Status400BadRequest, DecisionReason.BadRequest, problem));
        }

        if (!arrival.MayRead && address.Site!.State.Snapshot is { } snapshot && !snapshot.IsAtHandFor(arrival.Client.Scheme, authority, address.Target))
        {
            arrival.MustRead = true;
            return default;
        }

        var facts = RequestFacts.Read(address.Site!, address.Target, authority, arrival.Client, context.Request.Method, clock);
        arrival.Scope = facts.DecidedBy;
        return responder.RespondAsync(new EdgeRequest { Context = context, Table = arrival.Table, Facts = facts });
    }

    private void Leave(in Arrival arrival, in RequestOutcome outcome, bool isAnswered = true)
    {
        var now = clock.GetTimestamp();
        var headers = arrival.Context.Http.Request.Headers;
        arrival.Context.Pauses.Answered(now, hadBody: headers.ContentLength > 0 || headers.TransferEncoding.Count > 0);
        if (accessLog.Enabled)
        {
            accessLog.Write(ToRecord(arrival.Context.Http, arrival, outcome, now));
        }

        if (isAnswered)
        {
            (arrival.Site?.State.Requests ?? tables.Unknown).Count(outcome.Decision);
        }
    }

    private AccessRecord ToRecord(HttpContext context, in Arrival arrival, in RequestOutcome outcome, long now) => new()
    {
        At = time.At(now),
        Duration = clock.GetElapsedTime(arrival.At, now),
        Decision = outcome.Decision,
        Method = context.Request.Method,
        Target = arrival.RawTarget,
        Protocol = context.Request.Protocol,
        Status = outcome.Decision.Reason == DecisionReason.EdgeFault && !context.Response.HasStarted ? StatusCodes.Status500InternalServerError : context.Response.StatusCode,
        Host = context.Request.Headers.Host,
        Site = arrival.Site?.IdText,
        Scope = outcome.Decision.Kind == DecisionKind.Refused ? null : arrival.Scope,
        Snapshot = outcome.Snapshot,
        Client = arrival.Client.Address,
        UserAgent = context.Request.Headers.UserAgent,
        Problem = outcome.Problem,
        Size = context.Response.ContentLength ?? -1,
        Parts = arrival.Context.LineParts,
    };

    /// <summary>What is known of a request before it is answered.</summary>
    private struct Arrival(SiteTable table, EdgeContext context, long at, bool mayRead)
    {
        public readonly EdgeContext Context = context;
        public readonly SiteTable Table = table;
        public readonly string RawTarget = context.RawTarget;
        public readonly long At = at;
        public readonly bool MayRead = mayRead;
        public ClientAddress Client;
        public Site? Site;

        /// <summary>Whether files must be read before anything can be said.</summary>
        public bool MustRead;

        /// <summary>Where the mode was set that decides; null where no operator did.</summary>
        public string? Scope;
    }
}
