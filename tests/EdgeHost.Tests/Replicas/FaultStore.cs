using EdgeHost.SnapshotStore;

namespace EdgeHost.Tests.Replicas;

/// <summary>A store that gives what a test wants, whatever it is asked for. Unreachable until it is told what.</summary>
internal sealed class FaultStore : ISnapshotStore
{
    private readonly Queue<byte[]> next = new();
    private (bool Known, byte[]? Content) always;
    private int asked;
    private int reading;

    public string Location => "a store of this test";

    public TimeSpan? ClockOffset => null;

    public int Asked => asked;

    /// <summary>Whether its answers end in the middle.</summary>
    public bool Breaks { get; set; }

    /// <summary>Whether its client finds out by a checksum of its own, when the answer is closed, that the bytes are wrong.</summary>
    public bool ComplainsAtTheEnd { get; set; }

    /// <summary>What its answers wait for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>What the bytes of its answers wait for.</summary>
    public Task? BodyGate { get; set; }

    /// <summary>How many wait for that.</summary>
    public int Reading => reading;

    /// <summary>From now on; null: it has no such object.</summary>
    public void Holds(byte[]? content) => always = (true, content);

    /// <summary>One after the other.</summary>
    public void Answers(params byte[][] contents)
    {
        foreach (var content in contents)
        {
            next.Enqueue(content);
        }
    }

    public async Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref asked);
        await Gate.WaitAsync(cancellationToken);
        var content = next.TryDequeue(out var queued) ? queued
            : always.Known ? always.Content
            : throw new StoreException(StoreFailure.Unreachable, "The store is not there.");
        return content is null ? null : BodyGate is { } gate ? new Waiting(this, content, gate) : Breaks ? new Broken(content) : ComplainsAtTheEnd ? new Complaining(content) : new MemoryStream(content, writable: false);
    }

    public Task<CreateOutcome> CreateAsync(string key, Stream content, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => throw new NotSupportedException();

    private sealed class Waiting(FaultStore store, byte[] content, Task gate) : MemoryStream(content)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref store.reading);
            await gate.WaitAsync(cancellationToken);
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }

    private sealed class Broken(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position > 0 ? throw new IOException("The connection was reset.") : base.ReadAsync(buffer[..5], cancellationToken);
    }

    private sealed class Complaining(byte[] content) : MemoryStream(content)
    {
        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            throw new IOException("Expected hash not equal to calculated hash");
        }
    }
}
