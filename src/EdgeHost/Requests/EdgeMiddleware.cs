using EdgeHost.AccessLogs;
using EdgeHost.Clients;
using EdgeHost.Decisions;
using EdgeHost.Sites;
using EdgeHost.Tls;
using EdgeHost.Unavailable;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeHost.Requests;

/// <summary>
/// The one terminal middleware of the public listener: target → host → site → decision → answer → one log line.
/// Nothing stands before it, no routing and no other middleware, so that a snapshot is given with the least work.
/// </summary>
internal sealed class EdgeMiddleware(SiteTableState tables, EdgeResponder responder, AccessLog accessLog, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var started = clock.GetTimestamp();
        var outcome = new RequestOutcome(new Decision(DecisionKind.Refused, DecisionReason.BadRequest));
        Site? site = null;
        ClientAddress client = default;
        var isAnswered = true;
        try
        {
            var table = tables.Current;
            client = ClientAddress.Of(context, table.TrustedProxies);
            // Not Request.Host: that turns punycode into Unicode.
            var authority = context.Request.Headers.Host.ToString();
            var address = RequestAddress.Of(table, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, authority);
            site = address.Site;
            outcome = await AnswerAsync(context, table, client, authority, address);
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
            accessLog.Write(ToRecord(context, outcome, site, client, started));
            if (isAnswered)
            {
                (site?.State.Requests ?? tables.Unknown).Count(outcome.Decision);
            }
        }

        if (outcome.IsCut)
        {
            throw new AnswerCutException(outcome.Problem);
        }
    }

    private async ValueTask<RequestOutcome> AnswerAsync(HttpContext context, SiteTable table, ClientAddress client, string authority, RequestAddress address)
    {
        if (address.Refusal is { } refusal)
        {
            return await RefuseAsync(context, refusal);
        }

        // A proxy before the edge sends many hosts through one connection, and answers for it (RFC 9110 §7.4).
        if (context.Request.IsHttps && !SecuredHost.Is(context, authority) && !table.TrustedProxies.Trusts(context.Connection.RemoteIpAddress))
        {
            return await RefuseAsync(context, RequestRefusal.Misdirected);
        }

        if (RequestFraming.Check(context.Request) is { } problem)
        {
            return await RefuseAsync(context, new RequestRefusal(StatusCodes.Status400BadRequest, DecisionReason.BadRequest, problem));
        }

        var facts = RequestFacts.Read(address.Site!, address.Target, authority, client, context.Request.Method, clock);
        var outcome = await responder.RespondAsync(new EdgeRequest { Context = context, Table = table, Facts = facts });
        return outcome.Decision.Kind == DecisionKind.Refused ? outcome : outcome with { Scope = facts.DecidedBy };
    }

    private static async Task<RequestOutcome> RefuseAsync(HttpContext context, RequestRefusal refusal)
    {
        await UnavailableResponder.RefuseAsync(context, refusal.Status, refusal.Reason, refusal.Problem);
        return new RequestOutcome(refusal.Decision, refusal.Problem);
    }

    private AccessRecord ToRecord(HttpContext context, in RequestOutcome outcome, Site? site, in ClientAddress client, long started) => new()
    {
        At = clock.GetUtcNow(),
        Duration = clock.GetElapsedTime(started),
        Decision = outcome.Decision,
        Method = context.Request.Method,
        Target = Clip(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, 2048)!,
        Protocol = context.Request.Protocol,
        Status = outcome.Decision.Reason == DecisionReason.EdgeFault && !context.Response.HasStarted ? StatusCodes.Status500InternalServerError : context.Response.StatusCode,
        Host = Clip(context.Request.Headers.Host, 255),
        Site = site?.IdText,
        Scope = outcome.Scope,
        Snapshot = outcome.Snapshot,
        Client = client.Address,
        UserAgent = Clip(context.Request.Headers.UserAgent, 512),
        Problem = outcome.Problem,
        Size = context.Response.ContentLength ?? -1,
    };

    // A log is bounded in lines; so that it is in bytes too, no client may make a line of any length.
    private static string? Clip(string? text, int most) => text is null || text.Length <= most ? text : text[..most];
}
