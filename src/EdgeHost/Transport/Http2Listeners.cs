namespace EdgeHost.Transport;

/// <summary>Where HTTP/2 is spoken: on listeners with TLS, and on those of Kestrel's own section that speak nothing else.</summary>
internal sealed record Http2Listeners(IReadOnlySet<int> Ports)
{
    /// <param name="tlsUrl">The edge's own listener with TLS; empty for none.</param>
    /// <param name="configuration">What Kestrel reads: <c>Kestrel:Endpoints:{name}:Url</c> and <c>:Protocols</c>.</param>
    public static Http2Listeners Of(string tlsUrl, IConfiguration configuration)
    {
        var urls = configuration.GetSection("Kestrel:Endpoints").GetChildren()
            .Where(endpoint => endpoint["Url"] is { } url && (url.StartsWith("https:", StringComparison.OrdinalIgnoreCase) || "Http2".Equals(endpoint["Protocols"], StringComparison.OrdinalIgnoreCase)))
            .Select(endpoint => endpoint["Url"]!);
        return new Http2Listeners(urls.Append(tlsUrl).Where(url => url.Length > 0).Select(url => BindingAddress.Parse(url).Port).ToHashSet());
    }
}
