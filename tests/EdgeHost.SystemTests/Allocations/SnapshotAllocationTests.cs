using System.Text;
using EdgeHost.SystemTests.Edges;
using EdgeHost.SystemTests.Exports;
using EdgeHost.SystemTests.Processes;

namespace EdgeHost.SystemTests.Allocations;

/// <summary>A page from memory is answered without allocating, beyond what Kestrel itself does: counted by the runtimes of the edge and of a program that is nothing but Kestrel.</summary>
public sealed class SnapshotAllocationTests : IDisposable
{
    // Of 15,000 requests: a timer that was not there in the quiet time.
    private const double Noise = 8;

    private readonly Scratch scratch = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => scratch.Dispose();

    [Fact]
    public Task A_page_from_memory_takes_no_more_than_Kestrel_does() => CompareAsync(
        "User-Agent: a browser\r\nAccept: text/html\r\nAccept-Encoding: gzip, br\r\nAccept-Language: en\r\nCookie: session=1\r\nSec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate\r\n");

    [Fact]
    [Trait("Category", "Long")]
    public Task Nor_does_one_without_headers() => CompareAsync("");

    private async Task CompareAsync(string headers)
    {
        var page = HandMadeSnapshot.Page("a page", 10_000);
        var kestrel = await MeasureKestrelAsync(page, headers);
        var edge = await MeasureEdgeAsync(page, headers);

        TestContext.Current.SendDiagnosticMessage($"bytes allocated per request: edge {edge:F2}, Kestrel alone {kestrel:F2}, with {headers.Split('\n').Length - 1} headers");
        Assert.InRange(edge, double.MinValue, Math.Max(kestrel, 0) + Noise);
    }

    private async Task<double> MeasureEdgeAsync(string page, string headers)
    {
        await HandMadeSnapshot.PublishAsync(scratch["store"], "shop", new Dictionary<string, string> { ["/"] = page }, Cancel);
        // Nobody is there: so each request is answered by the snapshot.
        var config = new EdgeConfig(scratch["edge"], scratch["store"], Ports.Free(), "shop").Set("Origins:platform:ProbeInterval", "00:05:00");
        await using var edge = await EdgeProcess.StartAsync(config, Cancel, AllocationMeter.Environment(scratch["edge.allocated"]));
        await edge.UntilDecidedAsync("snapshot", "/", "shop.example", TimeSpan.FromSeconds(10), Cancel);
        await edge.Management.SetModeAsync("all", "snapshot", Cancel);
        await Wait.UntilAsync("the override holds", TimeSpan.FromSeconds(10), async () => (await edge.GetAsync("/", "shop.example", Cancel)).Decision.Contains("operator-forced", StringComparison.Ordinal), Cancel);
        return await PerRequestAsync(edge.ProcessId, config.PublicPort, scratch["edge.allocated"], headers);
    }

    private async Task<double> MeasureKestrelAsync(string page, string headers)
    {
        var port = Ports.Free();
        await File.WriteAllTextAsync(scratch["page.html"], page, Cancel);
        await using var kestrel = ChildProcess.Start(
            "dotnet", [Deployable.Peers, "page", "--url", $"http://127.0.0.1:{port}", "--file", scratch["page.html"]], AllocationMeter.Environment(scratch["kestrel.allocated"]));
        await Wait.UntilAsync("Kestrel answers", TimeSpan.FromSeconds(20), async () => !await Ports.RefusesAsync(port, Cancel), Cancel);
        return await PerRequestAsync(kestrel.Id, port, scratch["kestrel.allocated"], headers);
    }

    private static async Task<double> PerRequestAsync(int pid, int port, string file, string headers)
    {
        var request = $"GET / HTTP/1.1\r\nHost: shop.example\r\n{headers}\r\n";
        using var connection = await RawConnection.OpenAsync(port, Cancel);
        await connection.SendAsync(request, Cancel);
        var first = await connection.ReadResponseAsync(Cancel);
        var length = first.Headers.Sum(header => header.Name.Length + header.Value.Length + 4) + Encoding.ASCII.GetByteCount("HTTP/1.1 200 OK\r\n\r\n") + first.Body.Length;
        return await new AllocationMeter(pid, port, file).PerRequestAsync(request, length, Cancel);
    }
}
