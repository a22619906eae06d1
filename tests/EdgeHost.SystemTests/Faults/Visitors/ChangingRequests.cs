using EdgeHost.SystemTests.Faults.Platforms;

namespace EdgeHost.SystemTests.Faults.Visitors;

/// <summary>Requests that change something, each with an id: to be done twice is worse than not to be done.</summary>
internal sealed class ChangingRequests(int port, string host)
{
    private const int OfEachKind = 6;

    // So many that each request below finds one that the platform may have given up meanwhile.
    private const int Pooled = 24;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly (string Kind, string Method, byte[] Body)[] Kinds =
    [
        ("POST of 1 MB", "POST", new byte[1024 * 1024]),
        ("POST", "POST", []),
        ("PUT", "PUT", []),
        ("DELETE", "DELETE", []),
    ];

    private readonly string run = Guid.NewGuid().ToString("N");
    private int answered;

    public IEnumerable<(string Kind, string Method, string Id)> Ids =>
        from kind in Kinds from i in Enumerable.Range(0, OfEachKind) select (kind.Kind, kind.Method, $"{run}-{kind.Kind.Replace(' ', '-')}-{i}");

    /// <summary>Leaves the edge with kept-alive connections to the platform.</summary>
    public Task FillPoolAsync(CancellationToken cancellationToken) => Task.WhenAll(Enumerable.Range(0, Pooled).Select(_ => AskAsync("GET", "/order", [], cancellationToken)));

    /// <summary>Sends them all at once, each on a connection of its own, and waits for the answers.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(Ids.Select(one => AskAsync(one.Method, $"/order?id={one.Id}", Kinds.Single(kind => kind.Kind == one.Kind).Body, cancellationToken)));
        answered = answers.Count(answer => answer?.DecisionKind == "live");
    }

    public string Figures(Arrivals arrivals) =>
        $"{string.Join(", ", Ids.GroupBy(one => one.Kind).Select(kind => $"{kind.Key} {kind.Sum(one => arrivals.Of(one.Method, one.Id))}"))} of {OfEachKind} each reached it, none more than {Ids.Max(one => arrivals.Of(one.Method, one.Id))} times; {answered} answered live";

    private async Task<RawResponse?> AskAsync(string method, string target, byte[] body, CancellationToken cancellationToken)
    {
        using var visitor = new Visitor(port, Patience);
        return (await visitor.AskAsync(method, host, target, "198.18.0.1", body, cancellationToken)).Answer;
    }
}
