using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using EdgeHost.SystemTests.Faults.Visitors;

namespace EdgeHost.SystemTests.StoreFaults;

/// <summary>Visitors on 32 connections who ask for what is in the replica, and beside them a few who ask for what is not, one request after the other.</summary>
internal sealed class GatewayLoad(GatewayStage stage)
{
    private const int Connections = 32;
    private const int ConnectionsBeside = 4;

    // A page of a few kilobytes is parsed in no time: 32 visitors who never pause would measure how two cores are shared, and nothing of the edge.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly ConcurrentQueue<(bool IsBeside, int Status, bool IsRight, TimeSpan Took)> answers = new();
    private readonly ConcurrentQueue<string> examples = new();

    public IReadOnlyList<string> Failures => [.. examples];

    public Percentiles Latencies => Percentiles.Of(answers.Where(one => !one.IsBeside).Select(one => one.Took));

    public Percentiles LatenciesBeside => Percentiles.Of(answers.Where(one => one.IsBeside).Select(one => one.Took));

    public int Count(int status) => answers.Count(one => one.IsBeside && one.Status == status);

    /// <param name="beside">What the few ask for.</param>
    /// <param name="mayFail">Whether these may get the 503 of a body that can't be had.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(IReadOnlyList<string> beside, bool mayFail, TimeSpan duration, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections + ConnectionsBeside).Select(i => Task.Run(() => AskAsync(i, i < Connections), cancellationToken)));

        async Task AskAsync(int seed, bool isInReplica)
        {
            var random = new Random(seed);
            using var connection = await RawConnection.OpenAsync(stage.Edge.Config.PublicPort, cancellationToken);
            while (Stopwatch.GetElapsedTime(began) < duration)
            {
                var targets = isInReplica ? GatewayStage.InReplica : beside;
                await VisitAsync(connection, targets[random.Next(targets.Count)], isInReplica, mayFail && !isInReplica, cancellationToken);
                await Wait.ForAsync(Pause, cancellationToken);
            }
        }
    }

    private async Task VisitAsync(RawConnection connection, string target, bool isInReplica, bool mayFail, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            await connection.SendAsync($"GET {target} HTTP/1.1\r\nHost: {GatewayStage.Host}\r\n\r\n", cancellationToken);
            var answer = await connection.ReadResponseAsync(cancellationToken);
            var isRight = stage.IsRight(target, answer);
            answers.Enqueue((!isInReplica, answer.Status, isRight, Stopwatch.GetElapsedTime(began)));
            if (!isRight && !(mayFail && answer.Status == 503 && answer.Decision?.Contains("reason=body-missing", StringComparison.Ordinal) == true))
            {
                examples.Enqueue($"{target}: {answer}");
            }
        }
        catch (Exception e) when (e is IOException or SocketException or TimeoutException or InvalidDataException)
        {
            examples.Enqueue($"{target}: {e.Message}");
        }
    }
}
