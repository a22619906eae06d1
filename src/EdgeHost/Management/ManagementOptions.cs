namespace EdgeHost.Management;

/// <summary>The listener for operators and orchestrators; never the one that visitors use. Read at start only.</summary>
internal sealed class ManagementOptions
{
    /// <summary>Where it listens. Default: <c>http://127.0.0.1:8081</c>.</summary>
    public string Url { get; set; } = "http://127.0.0.1:8081";

    /// <summary>The bearer token of the API: at least 20 characters. Default: none; then one is generated into the file <c>management.token</c> (mode 0600) in the data directory.</summary>
    public string? Token { get; set; }
}
