using System.Diagnostics;
using System.Net.Sockets;

namespace EdgeHost.SystemTests.Loads;

/// <summary>A steady load of GETs: so many connections, each asking for random targets one after the other, every answer judged as it comes.</summary>
internal sealed class LoadRun(int port, string host, IReadOnlyList<string> targets, AnswerCheck check)
{
    private const int Connections = 32;

    // What browsers, older clients and tools send.
    private static readonly string[] AcceptEncodings = ["", "Accept-Encoding: gzip, deflate, br, zstd\r\n", "Accept-Encoding: gzip\r\n", "Accept-Encoding: br\r\n"];

    public LoadReport Report { get; } = new();

    public async Task<LoadReport> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(i => Task.Run(() => AskAsync(new Random(i), () => Stopwatch.GetElapsedTime(began) < duration, cancellationToken), cancellationToken)));
        return Report;
    }

    private async Task AskAsync(Random random, Func<bool> goesOn, CancellationToken cancellationToken)
    {
        RawConnection? connection = null;
        try
        {
            while (goesOn())
            {
                var target = targets[random.Next(targets.Count)];
                var accept = AcceptEncodings[random.Next(AcceptEncodings.Length)];
                var began = Stopwatch.GetTimestamp();
                var (kind, problem, keep) = await AskOnceAsync(connection, target, accept);
                Report.Count(kind, Stopwatch.GetElapsedTime(began), problem);
                connection = keep;
            }
        }
        finally
        {
            connection?.Dispose();
        }

        async Task<(AnswerKind Kind, string? Problem, RawConnection? Keep)> AskOnceAsync(RawConnection? open, string target, string accept)
        {
            try
            {
                open ??= await RawConnection.OpenAsync(port, cancellationToken);
                await open.SendAsync($"GET {target} HTTP/1.1\r\nHost: {host}\r\n{accept}\r\n", cancellationToken);
                var answer = await open.ReadResponseAsync(cancellationToken);
                var (kind, problem) = check.Judge(target, answer);
                if (kind != AnswerKind.CutAfterStart && answer["Connection"] != "close")
                {
                    return (kind, problem, open);
                }

                open.Dispose();
                return (kind, problem, null);
            }
            catch (Exception e) when (e is SocketException or IOException or TimeoutException or InvalidDataException)
            {
                open?.Dispose();
                return (e is InvalidDataException ? AnswerKind.Wrong : AnswerKind.ConnectionError, $"{target}: {e.GetType().Name}: {e.Message}", null);
            }
        }
    }
}
