using EdgeHost.AccessLogs;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeHost.Requests;

/// <summary>What is kept for a connection, or for a stream of one, from one request to the next.</summary>
internal sealed class EdgeContext
{
    private readonly KeptFeatures features;
    private readonly IHttpRequestFeature request;

    /// <param name="server">The connection's, or the stream's.</param>
    /// <param name="clock">Times its requests.</param>
    public EdgeContext(IFeatureCollection server, TimeProvider clock)
    {
        Pauses = new Pauses(clock);
        features = new KeptFeatures(server);
        request = server.GetRequiredFeature<IHttpRequestFeature>();
        Http = new DefaultHttpContext(features);
    }

    public DefaultHttpContext Http { get; }

    /// <summary>What was asked for, as it was sent.</summary>
    public string RawTarget => request.RawTarget;

    public Pauses Pauses { get; }

    /// <summary>Of the lines of its log.</summary>
    public LineParts LineParts { get; } = new();

    /// <summary>Whatever was set for the request before is gone.</summary>
    public void BeginRequest() => features.BeginRequest();
}
