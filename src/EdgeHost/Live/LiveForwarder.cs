using EdgeHost.Health;
using EdgeHost.Origins;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace EdgeHost.Live;

/// <summary>Sends one request to the origin by YARP and says how that went. It never writes an error page: what the visitor gets is decided elsewhere.</summary>
internal sealed class LiveForwarder(IHttpForwarder forwarder)
{
    public async Task<LiveOutcome> ForwardAsync(HttpContext context, LiveExchange exchange, TimeSpan activityTimeout)
    {
        var origin = exchange.Origin;
        var lifetime = context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        var abort = new HeldAbort(lifetime);
        context.Features.Set<IHttpRequestLifetimeFeature>(abort);
        var error = await forwarder.SendAsync(context, origin.Prefix, origin.Client.Requests, new ForwarderRequestConfig { ActivityTimeout = activityTimeout }, exchange);
        context.Features.Set(lifetime);
        if (error == ForwarderError.None)
        {
            return exchange.KeptBack ? LiveOutcome.FailedBeforeStart : LiveOutcome.Answered;
        }

        if (error is ForwarderError.UpgradeActivityTimeout or ForwarderError.UpgradeRequestDestination or ForwarderError.UpgradeResponseDestination)
        {
            // The upgrade itself was answered. How long two parties are silent, and who hangs up, says nothing about the site.
            return LiveOutcome.Answered;
        }

        if (IsClients(error, context))
        {
            if (abort.IsWanted)
            {
                context.Abort();
            }

            return LiveOutcome.ClientGone;
        }

        if (exchange.Call.Failure == OriginFailure.None)
        {
            exchange.Call.Failure = FailureOf(error, context.Features.Get<IForwarderErrorFeature>()?.Exception);
        }

        if (!context.Response.HasStarted)
        {
            return LiveOutcome.FailedBeforeStart;
        }

        return abort.IsWanted ? LiveOutcome.CutAfterStart : LiveOutcome.Answered;
    }

    private static bool IsClients(ForwarderError error, HttpContext context) => error switch
    {
        ForwarderError.RequestBodyClient or ForwarderError.RequestBodyCanceled or ForwarderError.ResponseBodyClient
            or ForwarderError.UpgradeRequestClient or ForwarderError.UpgradeRequestCanceled or ForwarderError.UpgradeResponseClient or ForwarderError.UpgradeResponseCanceled => true,
        // The others are also what YARP calls an answer that stopped for longer than the activity timeout.
        _ => context.RequestAborted.IsCancellationRequested,
    };

    private static OriginFailure FailureOf(ForwarderError error, Exception? exception) => error switch
    {
        ForwarderError.RequestTimedOut => RequestFaults.OfTimeout(exception),
        ForwarderError.ResponseHeaders => OriginFailure.BadResponse,
        ForwarderError.ResponseBodyDestination or ForwarderError.ResponseBodyCanceled => OriginFailure.BodyCut,
        ForwarderError.RequestBodyDestination => OriginFailure.UploadRefused,
        _ => RequestFaults.Of(exception),
    };
}
