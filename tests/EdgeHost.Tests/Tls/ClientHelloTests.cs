using System.Buffers;
using System.IO.Pipelines;
using EdgeHost.Tls;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Tests.Tls;

public sealed class ClientHelloTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider clock = new();
    private readonly Pipe received = new();
    private readonly TaskCompletionSource handshake = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Tells_whether_the_newest_version_is_among_those_that_are_offered()
    {
        Assert.False(ClientHello.OffersTls13(TlsHello.Of(0x0303, "nova.example")));
        // GREASE first, as Chrome sends it (RFC 8701).
        Assert.True(ClientHello.OffersTls13(TlsHello.Of(0x0303, "nova.example", 0x3a3a, 0x0304, 0x0303)));
        Assert.False(ClientHello.OffersTls13(TlsHello.Of(0x0303, "nova.example", 0x0303, 0x0302)));
    }

    [Fact]
    public void Takes_anything_that_anybody_sends()
    {
        var hello = TlsHello.Of(0x0303, "nova.example", 0x0304);
        var random = new Random(1);
        for (var length = 0; length < hello.Length; length++)
        {
            Assert.False(ClientHello.OffersTls13(hello.AsSpan(0, length)));
        }

        for (var i = 0; i < 100_000; i++)
        {
            var broken = (byte[])hello.Clone();
            broken[random.Next(broken.Length)] = (byte)random.Next(256);
            broken[random.Next(broken.Length)] = (byte)random.Next(256);
            _ = ClientHello.OffersTls13(broken.AsSpan(0, random.Next(broken.Length + 1)));
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task The_hello_and_the_handshake_have_one_deadline_together()
    {
        await using var connection = Connect();
        var looking = ClientHello.LookAsync(connection, HandshakeAsync, Patience, clock);
        clock.Advance(Patience - TimeSpan.FromSeconds(1));
        await received.Writer.WriteAsync(TlsHello.Of(0x0303, "nova.example"), Cancel);
        await handshake.Task.WaitAsync(Cancel);

        Assert.False(connection.IsAborted);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(connection.IsAborted);
        await looking.WaitAsync(Cancel);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_connection_whose_handshake_is_over_has_no_deadline()
    {
        await using var connection = Connect();
        var looking = ClientHello.LookAsync(connection, HandshakeAsync, Patience, clock);
        await received.Writer.WriteAsync(TlsHello.Of(0x0303, "nova.example"), Cancel);
        await handshake.Task.WaitAsync(Cancel);
        HandshakeDeadline.End(connection);

        clock.Advance(TimeSpan.FromHours(1));

        Assert.False(connection.IsAborted);
        connection.Abort();
        await looking.WaitAsync(Cancel);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_record_longer_than_any_is_left_to_the_handshake_at_once()
    {
        await using var connection = Connect();
        var looking = ClientHello.LookAsync(connection, HandshakeAsync, Patience, clock);
        await received.Writer.WriteAsync(Head(16384 + 256 + 1), Cancel);

        await handshake.Task.WaitAsync(Cancel);

        connection.Abort();
        await looking.WaitAsync(Cancel);
    }

    [Fact]
    public void Tells_whether_more_is_to_come()
    {
        var hello = TlsHello.Of(0x0303, "nova.example");

        Assert.False(IsWhole([]));
        Assert.False(IsWhole(hello[..4]));
        Assert.False(IsWhole(hello[..^1]));
        Assert.True(IsWhole(hello));
        Assert.True(IsWhole("GET / HTTP/1.1"u8.ToArray()));
        Assert.False(IsWhole(Head(16384 + 256)));
        Assert.True(IsWhole(Head(16384 + 256 + 1)));
        Assert.True(IsWhole(Head(ushort.MaxValue)));
    }

    private static bool IsWhole(byte[] bytes) => ClientHello.IsWhole(new ReadOnlySequence<byte>(bytes));

    private static byte[] Head(int length) => [22, 3, 1, (byte)(length >> 8), (byte)length];

    private Connection Connect() => new(new Duplex(received.Reader, new Pipe().Writer), new Duplex(new Pipe().Reader, received.Writer));

    // One that is never over by itself.
    private async Task HandshakeAsync(ConnectionContext connection)
    {
        handshake.SetResult();
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var end = connection.ConnectionClosed.Register(closed.SetResult);
        await closed.Task;
    }

    private sealed class Connection(IDuplexPipe transport, IDuplexPipe application) : DefaultConnectionContext("one", transport, application)
    {
        public bool IsAborted { get; private set; }

        public override void Abort(ConnectionAbortedException abortReason)
        {
            IsAborted = true;
            base.Abort(abortReason);
        }
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
