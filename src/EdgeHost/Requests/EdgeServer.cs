using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeHost.Requests;

/// <summary>Kestrel as the host starts and stops it, with <see cref="EdgeApplication"/> in the place of the host's application.</summary>
internal sealed class EdgeServer(IServer kestrel, EdgeApplication edge, TimeProvider clock) : IServer
{
    /// <summary>How long requests that are under way have at the end; then their connections are aborted. Of its own, so that a WebSocket that stays takes no time from what is stopped after it.</summary>
    public static readonly TimeSpan LongestRequests = TimeSpan.FromSeconds(20);

    public IFeatureCollection Features => kestrel.Features;

    /// <summary>Puts it before the server that the host has registered.</summary>
    public static void Wrap(IServiceCollection services)
    {
        var registered = services.Last(service => service.ServiceType == typeof(IServer)).ImplementationType!;
        services.AddSingleton<IServer>(provider => new EdgeServer(
            (IServer)ActivatorUtilities.CreateInstance(provider, registered), provider.GetRequiredService<EdgeApplication>(), provider.GetRequiredService<TimeProvider>()));
    }

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull => kestrel.StartAsync(edge, cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestRequests, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await kestrel.StopAsync(either.Token);
    }

    public void Dispose() => kestrel.Dispose();
}
