using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeHost.Requests;

/// <summary>Kestrel as the host starts and stops it, with <see cref="EdgeApplication"/> in the place of the host's application.</summary>
internal sealed class EdgeServer(IServer kestrel, EdgeApplication edge) : IServer
{
    public IFeatureCollection Features => kestrel.Features;

    /// <summary>Puts it before the server that the host has registered.</summary>
    public static void Wrap(IServiceCollection services)
    {
        var registered = services.Last(service => service.ServiceType == typeof(IServer)).ImplementationType!;
        services.AddSingleton<IServer>(provider => new EdgeServer(
            (IServer)ActivatorUtilities.CreateInstance(provider, registered), provider.GetRequiredService<EdgeApplication>()));
    }

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull => kestrel.StartAsync(edge, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => kestrel.StopAsync(cancellationToken);

    public void Dispose() => kestrel.Dispose();
}
