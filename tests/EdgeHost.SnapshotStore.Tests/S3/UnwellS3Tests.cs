using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Amazon.Runtime;
using EdgeHost.SnapshotStore.S3;

namespace EdgeHost.SnapshotStore.Tests.S3;

/// <summary>Answers that no well engine gives. They need none.</summary>
public sealed class UnwellS3Tests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_closed_port_is_unreachable_within_a_bound()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var store = Store(port);
        var started = Stopwatch.GetTimestamp();
        var exception = await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync("a", Cancel));
        Assert.Equal(StoreFailure.Unreachable, exception.Failure);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 10);
    }

    [Fact]
    public async Task Silence_is_unreachable_within_a_bound()
    {
        await using var server = new ScriptedServer("");
        using var store = Store(server.Port);
        var started = Stopwatch.GetTimestamp();
        foreach (var call in new Func<Task>[] { () => store.OpenAsync("a", Cancel), () => store.CreateAsync("a", [1], Cancel), () => store.CreateAsync("b", new byte[300_000], Cancel) })
        {
            Assert.Equal(StoreFailure.Unreachable, (await Assert.ThrowsAsync<StoreException>(call)).Failure);
        }

        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 20);
    }

    [Fact]
    public async Task Silence_in_the_middle_of_a_body_is_unreachable()
    {
        await using var server = new ScriptedServer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it");
        using var store = Store(server.Port);
        Assert.Equal(StoreFailure.Unreachable, (await Assert.ThrowsAsync<StoreException>(() => store.ReadAsync("a", Cancel))).Failure);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_unreachable()
    {
        await using var server = new ScriptedServer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nhalf of it", closes: true);
        using var store = Store(server.Port);
        Assert.Equal(StoreFailure.Unreachable, (await Assert.ThrowsAsync<StoreException>(() => store.ReadAsync("a", Cancel))).Failure);
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\nConnection: close\r\n\r\nnot here\n")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]
    [InlineData("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]
    [InlineData("gibberish\r\n\r\n")]
    public async Task What_a_load_balancer_says_in_front_of_nothing_is_not_an_absent_object(string answer)
    {
        await using var server = new ScriptedServer(answer, closes: true);
        using var store = Store(server.Port);
        Assert.Equal(StoreFailure.Unreachable, (await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync("a", Cancel))).Failure);
    }

    [Theory]
    [InlineData(412, "PreconditionFailed", CreateOutcome.AlreadyExists)]
    [InlineData(409, "ConditionalRequestConflict", CreateOutcome.Contended)]
    public async Task Tells_a_lost_race_from_one_that_is_undecided(int status, string code, CreateOutcome expected)
    {
        await using var server = new ScriptedServer(Error(status, code), closes: true);
        using var store = Store(server.Port);
        Assert.Equal(expected, await store.CreateAsync("a", [1], Cancel));
    }

    [Theory]
    [InlineData(501, "NotImplemented", StoreFailure.Invalid)]
    [InlineData(400, "EntityTooLarge", StoreFailure.Invalid)]
    [InlineData(403, "RequestTimeTooSkewed", StoreFailure.Denied)]
    [InlineData(403, "AccessDenied", StoreFailure.Denied)]
    [InlineData(503, "SlowDown", StoreFailure.Unreachable)]
    [InlineData(500, "InternalError", StoreFailure.Unreachable)]
    public async Task Says_whose_failure_it_is(int status, string code, StoreFailure expected)
    {
        await using var server = new ScriptedServer(Error(status, code), closes: true);
        using var store = Store(server.Port);
        Assert.Equal(expected, (await Assert.ThrowsAsync<StoreException>(() => store.CreateAsync("a", [1], Cancel))).Failure);
    }

    [Fact]
    public void Never_shows_a_credential_in_its_location()
    {
        using var store = new S3SnapshotStore(new S3StoreOptions { Bucket = "b-1", ServiceUrl = new Uri("http://me:secret@localhost:1") }, TimeProvider.System, new BasicAWSCredentials("a", "b"));
        Assert.Equal("s3://b-1 at http://localhost:1", store.Location);
    }

    private static string Error(int status, string code)
    {
        var body = $"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>no</Message></Error>";
        return $"HTTP/1.1 {status} No\r\nContent-Type: application/xml\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";
    }

    private static S3SnapshotStore Store(int port) => new(
        new S3StoreOptions { Bucket = "bucket", ServiceUrl = new Uri($"http://127.0.0.1:{port}"), AnswerTimeout = TimeSpan.FromMilliseconds(300), Retries = 1 },
        TimeProvider.System,
        new BasicAWSCredentials("key", "secret"));

    /// <summary>Answers every request with the same bytes.</summary>
    private sealed class ScriptedServer : IAsyncDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource stop = new();
        private readonly byte[] answer;
        private readonly bool closes;
        private readonly Task accepting;

        public ScriptedServer(string answer, bool closes = false)
        {
            this.answer = Encoding.ASCII.GetBytes(answer);
            this.closes = closes;
            listener.Start();
            accepting = AcceptAsync();
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            // Before the listener ends: one that is asked to accept after its end says so in a way of its own.
            await accepting;
            listener.Stop();
            stop.Dispose();
        }

        private async Task AcceptAsync()
        {
            var served = new List<Task>();
            try
            {
                while (true)
                {
                    served.Add(ServeAsync(await listener.AcceptTcpClientAsync(stop.Token)));
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                await Task.WhenAll(served);
            }
        }

        private async Task ServeAsync(TcpClient client)
        {
            using var _ = client;
            try
            {
                var stream = client.GetStream();
                var head = new StringBuilder();
                var buffer = new byte[65536];
                while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
                {
                    var read = await stream.ReadAsync(buffer, stop.Token);
                    if (read == 0)
                    {
                        return;
                    }

                    head.Append(Encoding.ASCII.GetString(buffer, 0, read));
                }

                await stream.WriteAsync(answer, stop.Token);
                if (closes)
                {
                    client.Client.Shutdown(SocketShutdown.Send);
                }

                while (await stream.ReadAsync(buffer, stop.Token) > 0)
                {
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                return;
            }
        }
    }
}
