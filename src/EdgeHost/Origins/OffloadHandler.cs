namespace EdgeHost.Origins;

/// <summary>Takes answers away from the thread that their bytes came in on, which serves visitors: for requests of the edge's own, whose answers are judged at length.</summary>
internal sealed class OffloadHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        await Task.Yield();
        return response;
    }
}
