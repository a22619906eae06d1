using EdgeHost.AccessLogs;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeHost.Requests;

/// <summary>What is kept for a connection from one request to the next.</summary>
internal sealed class EdgeContext
{
    // A few milliseconds of answers from memory.
    private const int RequestsPerPause = 256;

    private readonly KeptFeatures features;
    private readonly IHttpRequestFeature request;
    private int ahead;

    public EdgeContext(IFeatureCollection server)
    {
        features = new KeptFeatures(server);
        request = server.GetRequiredFeature<IHttpRequestFeature>();
        Http = new DefaultHttpContext(features);
    }

    public DefaultHttpContext Http { get; }

    /// <summary>What was asked for, as it was sent.</summary>
    public string RawTarget => request.RawTarget;

    /// <summary>Of the lines of its log.</summary>
    public LineParts LineParts { get; } = new();

    /// <summary>Whatever was set for the request before is gone.</summary>
    public void BeginRequest() => features.BeginRequest();

    /// <summary>When the request before was answered without a wait (<see cref="TimeProvider.GetTimestamp"/>).</summary>
    public long AnsweredAt { get; set; }

    /// <summary>
    /// Whether the thread is to be left to others before a request is answered: a client that sends its requests ahead of the answers always has the next one ready. One that waits
    /// for its answers leaves the thread by that, and is not counted.
    /// </summary>
    /// <param name="startedAt">When the request came.</param>
    /// <param name="near">How soon after an answer the next request was there before it.</param>
    public bool MustPause(long startedAt, long near) => startedAt - AnsweredAt < near && ++ahead % RequestsPerPause == 0;
}
