using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeHost.SystemTests.Processes;

namespace EdgeHost.SystemTests.Allocations;

/// <summary>How many bytes a server allocates for each request, as its own runtime counts them; what it allocates by itself in that time is taken off.</summary>
/// <param name="pid">The server, started with <see cref="Environment"/>.</param>
/// <param name="port">Where it listens, on 127.0.0.1.</param>
/// <param name="file">Where it tells.</param>
internal sealed class AllocationMeter(int pid, int port, string file)
{
    private const int UserSignal = 10;
    private const int Requests = 15_000;

    // The least of some counts: a buffer that grows now and then is of no request.
    private const int Rounds = 3;

    private int told;

    /// <summary>What the server's environment must have.</summary>
    public static Dictionary<string, string?> Environment(string file) => new() { ["DOTNET_STARTUP_HOOKS"] = Deployable.AllocationHook, ["ALLOCATIONS_FILE"] = file };

    /// <param name="request">What is sent, again and again, on one connection.</param>
    /// <param name="answerLength">How long each answer is, with its head.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<double> PerRequestAsync(string request, int answerLength, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        // Until its code is compiled, its caches and buffers are filled.
        await DriveAsync(socket, request, answerLength, 2 * Requests, cancellationToken);
        var least = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            least = Math.Min(least, await RoundAsync(socket, request, answerLength, cancellationToken));
        }

        return least;
    }

    private async Task<double> RoundAsync(Socket socket, string request, int answerLength, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var before = await TellAsync(cancellationToken);
        await DriveAsync(socket, request, answerLength, Requests, cancellationToken);
        var after = await TellAsync(cancellationToken);
        var took = TimeProvider.System.GetElapsedTime(began);

        // The same time without requests.
        await Task.Delay(took, TimeProvider.System, cancellationToken);
        var idle = await TellAsync(cancellationToken) - after;
        return (after - before - idle) / (double)Requests;
    }

    private static async Task DriveAsync(Socket socket, string request, int answerLength, int count, CancellationToken cancellationToken)
    {
        var sent = Encoding.ASCII.GetBytes(request);
        var answer = new byte[answerLength];
        for (var i = 0; i < count; i++)
        {
            await socket.SendAsync(sent, cancellationToken);
            for (var got = 0; got < answer.Length;)
            {
                var read = await socket.ReceiveAsync(answer.AsMemory(got), cancellationToken);
                Assert.NotEqual(0, read);
                got += read;
            }

            Assert.True(answer.AsSpan().StartsWith("HTTP/1.1 200 OK\r\n"u8), Encoding.ASCII.GetString(answer, 0, Math.Min(answer.Length, 200)));
        }
    }

    private async Task<long> TellAsync(CancellationToken cancellationToken)
    {
        Signal.ToProcess(pid, UserSignal);
        string[] lines = [];
        await Wait.UntilAsync("the server tells what it has allocated", TimeSpan.FromSeconds(10), () => (lines = Read()).Length > told, cancellationToken);
        told = lines.Length;
        return long.Parse(lines[^1], CultureInfo.InvariantCulture);
    }

    // Only lines that are whole.
    private string[] Read() => File.Exists(file) && File.ReadAllText(file) is var text ? text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];
}
