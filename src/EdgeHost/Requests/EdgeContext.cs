using Microsoft.AspNetCore.Http.Features;

namespace EdgeHost.Requests;

/// <summary>What Kestrel keeps for a connection from one request to the next.</summary>
internal sealed class EdgeContext(IFeatureCollection features)
{
    // A few milliseconds of answers from memory, of a client that sends ahead; to one that waits in between, a pause is nothing.
    private const int RequestsPerPause = 256;

    private readonly IHttpRequestFeature request = features.GetRequiredFeature<IHttpRequestFeature>();
    private int requests;

    public DefaultHttpContext Http { get; } = new(features);

    /// <summary>What was asked for, as it was sent. Held by its feature: to be asked for that at each request, the server goes through all that it has.</summary>
    public string RawTarget => request.RawTarget;

    /// <summary>Counts a request. True where the thread is to be left to others: a client that sends its requests ahead of the answers always has the next one ready.</summary>
    public bool CountRequest() => ++requests % RequestsPerPause == 0;
}
