namespace EdgeHost.Live;

/// <summary>How requests reach the origin.</summary>
internal sealed class LiveOptions
{
    /// <summary>How long a connection to the origin may take to be made; with its TLS handshake a quarter more. 100 ms to 1 min. Default: 2 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long the origin may take until the headers and the first bytes of the body of its answer, for a GET or HEAD that a snapshot could answer instead; includes connecting, so not shorter than <see cref="ConnectTimeout"/>. 100 ms to 5 min. Default: 3 s.
    /// </summary>
    public TimeSpan CoveredHeadersTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long the body of such an answer may stop, after its first bytes, before it counts as cut. 100 ms to 5 min. Default: 10 s.
    /// </summary>
    public TimeSpan CoveredBodyTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long any other request may go without a byte in either direction. 1 s to 1 h. Default: 100 s.</summary>
    public TimeSpan ActivityTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>The one try that an uncovered request gets while the origin seems ill but may still answer: how long until the headers of its answer, and then how long without a byte in either direction. 100 ms to 5 min. Default: 5 s.</summary>
    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many such tries may be under way at once, per origin; a third of them, and at least one, from one IPv4 address or IPv6 /64. 0 to 1,000. Default: 10.
    /// </summary>
    public int MaxTries { get; set; } = 10;
}
