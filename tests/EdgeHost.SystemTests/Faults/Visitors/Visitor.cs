using System.Diagnostics;
using System.Net.Sockets;

namespace EdgeHost.SystemTests.Faults.Visitors;

/// <summary>One kept-alive connection to the edge, opened anew when it has ended, that behaves as a proxy with many visitors behind it.</summary>
internal sealed class Visitor(int port, TimeSpan patience) : IDisposable
{
    private RawConnection? connection;

    /// <summary>Sends one request. The answer is null when there was none; a body that stops coming is cut.</summary>
    /// <returns>How long the whole answer took; of a cut one, how long until its body began.</returns>
    public async Task<(RawResponse? Answer, TimeSpan Took, string? Problem)> AskAsync(string method, string host, string target, string address, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(patience);
        try
        {
            connection ??= await RawConnection.OpenAsync(port, bound.Token);
            var length = body.IsEmpty ? "" : $"Content-Length: {body.Length}\r\n";
            await connection.SendAsync($"{method} {target} HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-For: {address}\r\n{length}\r\n", bound.Token);
            await connection.SendAsync(body, bound.Token);
            var head = await connection.ReadHeadAsync(bound.Token);
            return await ReadAsync(head, began, bound.Token);
        }
        catch (Exception e) when (e is SocketException or IOException or InvalidDataException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Dispose();
            return (null, Stopwatch.GetElapsedTime(began), $"{method} {host}{target}: {e.GetType().Name}: {e.Message}");
        }
    }

    public void Dispose()
    {
        connection?.Dispose();
        connection = null;
    }

    private async Task<(RawResponse? Answer, TimeSpan Took, string? Problem)> ReadAsync(RawResponse head, long began, CancellationToken cancellationToken)
    {
        if (head["Content-Length"] != "0" && await connection!.EndsAsync(cancellationToken))
        {
            Dispose();
            return (head with { End = BodyEnd.Cut }, Stopwatch.GetElapsedTime(began), null);
        }

        var bodyAfter = Stopwatch.GetElapsedTime(began);
        RawResponse answer;
        try
        {
            answer = await connection!.ReadBodyAsync(head, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            answer = head with { End = BodyEnd.Cut };
        }

        if (answer.End != BodyEnd.Complete || answer["Connection"] == "close")
        {
            Dispose();
        }

        return (answer, answer.End == BodyEnd.Cut ? bodyAfter : Stopwatch.GetElapsedTime(began), null);
    }
}
