using System.Threading.Channels;
using CsCheck;
using EdgeHost.Health;
using EdgeHost.Origins;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Tests.Origins;

public sealed class OriginBodyStreamTests
{
    private const int Watched = 16 * 1024;

    private static readonly TimeSpan BodyTimeout = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider clock = new(Some.Time);
    private readonly OriginCall call = new() { BodyTimeout = BodyTimeout };
    private readonly Source source = new();
    private readonly Watch watch = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Passes_everything_on_and_shows_exactly_its_start() =>
        await Gen.Select(Gen.Int[1, 7000].List[0, 12], Gen.Int[1, 9000], Gen.Bool).SampleAsync(async (pieces, bufferLength, isWatched) =>
        {
            var (from, seen) = (new Source(), new Watch());
            var body = Bytes(pieces.Sum());
            var at = 0;
            foreach (var piece in pieces)
            {
                from.Give(body[at..(at += piece)]);
            }

            from.End();
            await using var stream = new OriginBodyStream(from, new OriginCall { BodyTimeout = BodyTimeout }, isWatched ? seen : null, clock);
            await stream.BeginAsync(Cancel);
            using var received = new MemoryStream();
            await stream.CopyToAsync(received, bufferLength, Cancel);

            Assert.Equal(body, received.ToArray());
            Assert.Equal(isWatched ? 1 : 0, seen.Shown.Count);
            if (isWatched)
            {
                // Its bytes are still what they were: nobody has written into them since.
                Assert.Equal(body[..Math.Min(body.Length, Watched)], seen.Shown[0].Start.ToArray());
                Assert.Equal(body.Length < Watched, seen.Shown[0].IsWhole);
            }
        }, iter: 200);

    [Theory]
    [InlineData(Watched - 1, true)]
    [InlineData(Watched, false)]
    [InlineData(Watched + 1, false)]
    public async Task Is_shown_as_whole_where_its_end_was_seen(int length, bool isWhole)
    {
        await using var stream = await BegunAsync(Bytes(length));
        source.End();
        await stream.CopyToAsync(Stream.Null, Cancel);

        var (start, whole) = Assert.Single(watch.Shown);
        Assert.Equal((Math.Min(length, Watched), isWhole), (start.Length, whole));
    }

    [Fact]
    public async Task Begins_with_the_first_byte()
    {
        await using var stream = new OriginBodyStream(source, call, watch, clock);
        var begun = stream.BeginAsync(Cancel);
        Assert.False(begun.IsCompleted);

        source.Give([1]);
        await begun.WaitAsync(Cancel);

        Assert.Empty(watch.Shown);
    }

    [Fact]
    public async Task Begins_with_the_end_of_a_body_without_any()
    {
        source.End();
        await using var stream = new OriginBodyStream(source, call, watch, clock);
        await stream.BeginAsync(Cancel);

        var (start, isWhole) = Assert.Single(watch.Shown);
        Assert.Equal((0, true), (start.Length, isWhole));
        Assert.Equal(0, await stream.ReadAsync(new byte[10], Cancel));
        Assert.Single(watch.Shown);
    }

    [Fact]
    public async Task A_start_that_comes_in_one_piece_is_shown_before_the_visitor_has_it()
    {
        var body = Bytes(Watched);
        await using var stream = await BegunAsync(body);
        source.End();

        var (start, isWhole) = Assert.Single(watch.Shown);
        Assert.False(isWhole);
        using var received = new MemoryStream();
        await stream.CopyToAsync(received, 1000, Cancel);
        Assert.Equal(body, received.ToArray());
        Assert.Equal(body, start.ToArray());
    }

    [Fact]
    public async Task A_read_of_nothing_is_no_end()
    {
        await using var stream = await BegunAsync([1, 2]);
        Assert.Equal(0, await stream.ReadAsync(Memory<byte>.Empty, Cancel));
        Assert.Equal(2, await stream.ReadAsync(new byte[10], Cancel));
        source.Give([3]);

        Assert.Equal(0, await stream.ReadAsync(Memory<byte>.Empty, Cancel));
        Assert.Empty(watch.Shown);
        Assert.Equal(1, await stream.ReadAsync(new byte[10], Cancel));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pause_over_the_timeout_is_the_origin_s_failure(bool isWatched)
    {
        await using var stream = await BegunAsync([1], isWatched);
        await stream.ReadExactlyAsync(new byte[1], Cancel);
        var reading = stream.ReadAsync(new byte[10], Cancel).AsTask();

        clock.Advance(BodyTimeout - TimeSpan.FromMilliseconds(1));
        Assert.False(reading.IsCompleted);
        Assert.Equal(OriginFailure.None, call.Failure);
        clock.Advance(TimeSpan.FromMilliseconds(1));

        await Assert.ThrowsAsync<IOException>(() => reading.WaitAsync(Cancel));
        Assert.Equal(OriginFailure.BodyCut, call.Failure);
        Assert.Empty(watch.Shown);
    }

    [Fact]
    public async Task Each_read_has_the_whole_timeout()
    {
        await using var stream = await BegunAsync([0]);
        await stream.ReadExactlyAsync(new byte[1], Cancel);
        for (byte i = 1; i <= 10; i++)
        {
            var buffer = new byte[10];
            var reading = stream.ReadAsync(buffer, Cancel).AsTask();
            clock.Advance(BodyTimeout - TimeSpan.FromMilliseconds(1));
            source.Give([i]);

            Assert.Equal(1, await reading.WaitAsync(Cancel));
            Assert.Equal(i, buffer[0]);
        }

        Assert.Equal(OriginFailure.None, call.Failure);
    }

    [Fact]
    public async Task A_slow_visitor_is_no_pause_of_the_origin()
    {
        await using var stream = await BegunAsync([1, 2]);
        clock.Advance(TimeSpan.FromHours(1));
        await stream.ReadExactlyAsync(new byte[2], Cancel);
        var reading = stream.ReadAsync(new byte[10], Cancel).AsTask();
        source.Give([3]);
        Assert.Equal(1, await reading.WaitAsync(Cancel));

        clock.Advance(TimeSpan.FromHours(1));
        source.Give([4]);

        Assert.Equal(1, await stream.ReadAsync(new byte[10], Cancel));
        Assert.Equal(OriginFailure.None, call.Failure);
    }

    [Fact]
    public async Task A_visitor_who_leaves_is_no_failure_of_the_origin()
    {
        using var visitor = new CancellationTokenSource();
        await using var stream = await BegunAsync([1]);
        await stream.ReadExactlyAsync(new byte[1], visitor.Token);
        var reading = stream.ReadAsync(new byte[10], visitor.Token).AsTask();

        await visitor.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Cancel));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stream.ReadAsync(new byte[10], visitor.Token).AsTask().WaitAsync(Cancel));
        clock.Advance(2 * BodyTimeout);
        Assert.Equal(OriginFailure.None, call.Failure);
        Assert.Empty(watch.Shown);
    }

    [Fact]
    public async Task What_breaks_off_is_passed_on_as_it_broke()
    {
        await using var stream = await BegunAsync([1]);
        await stream.ReadExactlyAsync(new byte[1], Cancel);
        var broken = new IOException("The connection was reset.");
        source.Break(broken);

        Assert.Same(broken, await Assert.ThrowsAsync<IOException>(() => stream.ReadAsync(new byte[10], Cancel).AsTask()));
        Assert.Empty(watch.Shown);
    }

    [Fact]
    public async Task Its_end_ends_the_origin_s()
    {
        await (await BegunAsync([1])).DisposeAsync();

        Assert.False(source.CanRead);
    }

    private async Task<OriginBodyStream> BegunAsync(byte[] start, bool isWatched = true)
    {
        source.Give(start);
        var stream = new OriginBodyStream(source, call, isWatched ? watch : null, clock);
        await stream.BeginAsync(Cancel);
        return stream;
    }

    private static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i * 31 / 7))];

    /// <summary>An origin's body that comes piece by piece, when the test wants it to.</summary>
    private sealed class Source : MemoryStream
    {
        private readonly Channel<byte[]> pieces = Channel.CreateUnbounded<byte[]>();
        private ReadOnlyMemory<byte> rest;

        public void Give(byte[] piece) => pieces.Writer.TryWrite(piece);

        public void End() => pieces.Writer.Complete();

        public void Break(Exception with) => pieces.Writer.Complete(with);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (buffer.IsEmpty)
            {
                return 0;
            }

            while (rest.IsEmpty)
            {
                if (!await pieces.Reader.WaitToReadAsync(cancellationToken))
                {
                    return 0;
                }

                rest = await pieces.Reader.ReadAsync(cancellationToken);
            }

            var length = Math.Min(buffer.Length, rest.Length);
            rest[..length].CopyTo(buffer);
            rest = rest[length..];
            return length;
        }
    }

    private sealed class Watch : IAnswerWatch
    {
        public List<(ReadOnlyMemory<byte> Start, bool IsWhole)> Shown { get; } = [];

        public bool Look(HttpResponseMessage response) => true;

        public void Seen(ReadOnlyMemory<byte> start, bool isWhole) => Shown.Add((start, isWhole));
    }
}
