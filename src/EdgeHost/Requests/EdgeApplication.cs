using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeHost.Requests;

/// <summary>
/// What Kestrel calls for each request: the middleware and nothing else. The host's own application would start an activity, a logging scope and events
/// for each request; a page from memory costs less than those. Our access log and our metrics say the same.
/// </summary>
internal sealed class EdgeApplication(EdgeMiddleware middleware, TimeProvider clock) : IHttpApplication<EdgeContext>
{
    public EdgeContext CreateContext(IFeatureCollection contextFeatures)
    {
        // Kestrel keeps one context for each connection and hands it back for the next request on it.
        if (contextFeatures is not IHostContextContainer<EdgeContext> container)
        {
            return new EdgeContext(contextFeatures, clock);
        }

        if (container.HostContext is { } kept)
        {
            kept.BeginRequest();
            return kept;
        }

        return container.HostContext = new EdgeContext(contextFeatures, clock);
    }

    public Task ProcessRequestAsync(EdgeContext context) => middleware.InvokeAsync(context);

    public void DisposeContext(EdgeContext context, Exception? exception)
    {
        // Kept for the connection's next request. Whoever held on to it would see that one: nobody may.
    }
}
