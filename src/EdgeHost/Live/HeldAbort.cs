using Microsoft.AspNetCore.Http.Features;

namespace EdgeHost.Live;

/// <summary>
/// Stands before the request's own feature while YARP forwards, and keeps its abort back: Kestrel's drops what it has not sent yet, and a visitor who got
/// nothing at all can't tell a cut answer from an edge that is gone. What ends the connection, after all that there is was sent, is the middleware.
/// </summary>
internal sealed class HeldAbort(IHttpRequestLifetimeFeature inner) : IHttpRequestLifetimeFeature
{
    /// <summary>Whether YARP wants the connection ended. HTTP/2 has a way of its own to end one stream, and doesn't come here.</summary>
    public bool IsWanted { get; private set; }

    public CancellationToken RequestAborted { get => inner.RequestAborted; set => inner.RequestAborted = value; }

    public void Abort() => IsWanted = true;
}
