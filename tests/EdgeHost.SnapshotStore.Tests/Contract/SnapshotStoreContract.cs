using EdgeHost.SnapshotStore.Fitness;

namespace EdgeHost.SnapshotStore.Tests.Contract;

/// <summary>What every store does, whatever it is made of.</summary>
public abstract class SnapshotStoreContract : IAsyncLifetime
{
    protected StoreUnderTest Under { get; private set; } = null!;

    protected ISnapshotStore Store { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Under = await CreateAsync();
        Store = Under.Open();
    }

    public async ValueTask DisposeAsync()
    {
        if (Under is not null)
        {
            await Under.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected abstract Task<StoreUnderTest> CreateAsync();

    [Fact]
    public async Task Reads_what_was_created()
    {
        Assert.Equal(CreateOutcome.Created, await Store.CreateAsync("a/b.json", "hello"u8.ToArray(), Cancel));
        Assert.Equal("hello"u8.ToArray(), await Under.Open().ReadAsync("a/b.json", Cancel));
        Assert.True(await Store.ExistsAsync("a/b.json", Cancel));
    }

    [Fact]
    public async Task Keeps_the_first_content()
    {
        await Store.CreateAsync("a", "first"u8.ToArray(), Cancel);
        Assert.Equal(CreateOutcome.AlreadyExists, await Store.CreateAsync("a", "second"u8.ToArray(), Cancel));
        Assert.Equal("first"u8.ToArray(), await Store.ReadAsync("a", Cancel));
    }

    [Fact]
    public async Task Answers_null_for_what_is_absent()
    {
        await Store.CreateAsync("a/b", [1], Cancel);
        foreach (var key in new[] { "b", "a", "a/c", "a/b/c", "c/d/e" })
        {
            Assert.Null(await Store.OpenAsync(key, Cancel));
        }
    }

    [Fact]
    public async Task Holds_empty_and_large_objects()
    {
        var large = new byte[20 * 1024 * 1024];
        Random.Shared.NextBytes(large);
        await Store.CreateAsync("empty", [], Cancel);
        await Store.CreateAsync("large", large, Cancel);
        Assert.Empty((await Store.ReadAsync("empty", Cancel))!);
        Assert.Equal(large, await Store.ReadAsync("large", Cancel));
    }

    [Fact]
    public async Task Creates_from_the_start_of_the_content_wherever_it_stands()
    {
        using var content = new MemoryStream([1, 2, 3]);
        content.Position = 2;
        await Store.CreateAsync("a", content, Cancel);
        Assert.Equal(new byte[] { 1, 2, 3 }, await Store.ReadAsync("a", Cancel));
        Assert.True(content.CanRead, "the caller's stream is the caller's to close");
    }

    [Fact]
    public async Task Lists_in_ordinal_order_by_any_beginning_of_a_name()
    {
        foreach (var key in new[] { "a/b-c", "a/b.c", "a/b/d", "a/bb", "b", "ab/c" })
        {
            await Store.CreateAsync(key, [0], Cancel);
        }

        Assert.Equal(["a/b-c", "a/b.c", "a/b/d", "a/bb"], await ListAsync("a/b"));
        Assert.Equal(["a/b/d"], await ListAsync("a/b/"));
        Assert.Equal(["a/b-c", "a/b.c", "a/b/d", "a/bb", "ab/c", "b"], await ListAsync(""));
        Assert.Empty(await ListAsync("c/"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("../a")]
    [InlineData("a/../../b")]
    [InlineData("a/./b")]
    [InlineData(".tmp/a")]
    [InlineData("A")]
    [InlineData("a b")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    [InlineData("ä")]
    public async Task Refuses_what_is_no_key(string key)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.OpenAsync(key, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.CreateAsync(key, [1], Cancel));
        if (key is not ("" or "a/"))
        {
            await Assert.ThrowsAsync<ArgumentException>(() => ListAsync(key));
        }
    }

    [Fact]
    public async Task Has_one_winner_among_many_creators()
    {
        for (var round = 0; round < 5; round++)
        {
            var key = $"race/{round}";
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async writer => (Writer: writer, Outcome: await Under.Open().CreateAsync(key, [(byte)writer], Cancel))));
            var winner = Assert.Single(outcomes, one => one.Outcome == CreateOutcome.Created);
            Assert.Equal(new[] { (byte)winner.Writer }, await Store.ReadAsync(key, Cancel));
        }
    }

    [Fact]
    public async Task Ends_when_the_caller_cancels()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.OpenAsync("a", cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.CreateAsync("a", [1], cancelled.Token));
        Assert.False(await Store.ExistsAsync("a", Cancel));
    }

    [Fact]
    public async Task Is_fit()
    {
        for (var run = 0; run < 2; run++)
        {
            var findings = await StoreFitness.CheckAsync(Store, Cancel);
            Assert.All(findings.Where(finding => finding.Check != "identity"), finding => Assert.Equal(FindingLevel.Good, finding.Level));
        }
    }

    private async Task<List<string>> ListAsync(string prefix)
    {
        var keys = new List<string>();
        await foreach (var key in Store.ListAsync(prefix, Cancel))
        {
            keys.Add(key);
        }

        return keys;
    }
}
