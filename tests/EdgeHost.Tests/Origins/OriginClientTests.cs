using System.Net;
using System.Net.Sockets;
using EdgeHost.Health;
using EdgeHost.Origins;

namespace EdgeHost.Tests.Origins;

public sealed class OriginClientTests : IDisposable
{
    private readonly OriginClient client = new(TimeSpan.FromMilliseconds(300), TimeProvider.System);
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> waiting = [];

    public OriginClientTests() => listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    private EndPoint Address => listener.LocalEndPoint!;

    [Theory(Timeout = 30_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_handshake_that_hangs_is_no_connection_that_can_not_be_made(bool isProbe)
    {
        listener.Listen();

        Assert.Equal(OriginFailure.Tls, await FailureAsync($"https://{Address}/", isProbe));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("https", true)]
    [InlineData("https", false)]
    [InlineData("http", false)]
    public async Task Nobody_who_takes_the_connection_is_a_connection_that_can_not_be_made(string scheme, bool isProbe)
    {
        // Once its queue is full, the kernel leaves the first packet of others unanswered.
        listener.Listen(0);
        for (var i = 0; i < 4; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            waiting.Add(socket);
            _ = socket.ConnectAsync(Address, TestContext.Current.CancellationToken).AsTask().ContinueWith(static connected => connected.Exception, TaskScheduler.Default);
        }

        Assert.Equal(OriginFailure.ConnectTimeout, await FailureAsync($"{scheme}://{Address}/", isProbe));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("https")]
    [InlineData("http")]
    public async Task Refused_is_refused(string scheme) => Assert.Equal(OriginFailure.ConnectionRefused, await FailureAsync($"{scheme}://{Address}/", isProbe: false));

    public void Dispose()
    {
        waiting.ForEach(socket => socket.Dispose());
        listener.Dispose();
        client.Dispose();
    }

    private async Task<OriginFailure> FailureAsync(string address, bool isProbe)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        try
        {
            using var response = await (isProbe ? client.Probes : client.Requests).SendAsync(request, TestContext.Current.CancellationToken);
            return OriginFailure.None;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return RequestFaults.Of(e);
        }
    }
}
