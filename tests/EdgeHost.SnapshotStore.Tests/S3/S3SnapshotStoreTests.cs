using Amazon.Runtime;
using EdgeHost.SnapshotStore.S3;
using EdgeHost.SnapshotStore.Tests.Contract;

namespace EdgeHost.SnapshotStore.Tests.S3;

public sealed class S3SnapshotStoreTests : SnapshotStoreContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private S3UnderTest S3 => (S3UnderTest)Under;

    protected override async Task<StoreUnderTest> CreateAsync() => await S3UnderTest.CreateAsync();

    [Fact]
    public async Task Lists_more_than_a_page()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 1100), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancel }, async (n, cancel) =>
            await Store.CreateAsync($"many/{n:D5}", [1], cancel));
        var keys = new List<string>();
        await foreach (var key in Store.ListAsync("many/", Cancel))
        {
            keys.Add(key);
        }

        Assert.Equal(Enumerable.Range(0, 1100).Select(n => $"many/{n:D5}"), keys);
    }

    [Fact]
    public async Task Stays_below_its_prefix()
    {
        await Store.CreateAsync("a", [1], Cancel);
        using var other = new S3SnapshotStore(S3.Options with { Prefix = "some/pre" }, TimeProvider.System, S3Server.Credentials);
        Assert.Null(await other.OpenAsync("a", Cancel));
        await foreach (var key in other.ListAsync("", Cancel))
        {
            Assert.Fail($"listed {key} of another prefix");
        }
    }

    [Fact]
    public async Task Knows_the_clock_of_the_store()
    {
        Assert.Null(Store.ClockOffset);
        await Store.ExistsAsync("a", Cancel);
        Assert.InRange(Store.ClockOffset!.Value.TotalSeconds, -2, 2);
    }

    [Fact]
    public async Task Wrong_credentials_are_denied()
    {
        foreach (var credentials in new[] { new BasicAWSCredentials("NOSUCHKEY", "secret"), new BasicAWSCredentials(Environment.GetEnvironmentVariable("S3_ACCESS_KEY"), "wrong") })
        {
            using var store = new S3SnapshotStore(S3.Options, TimeProvider.System, credentials);
            foreach (var call in Calls(store))
            {
                var exception = await Assert.ThrowsAsync<StoreException>(call);
                Assert.Equal(StoreFailure.Denied, exception.Failure);
                Assert.Contains("credentials", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_missing_bucket_is_invalid_and_not_an_absent_object()
    {
        using var store = new S3SnapshotStore(S3.Options with { Bucket = "no-such-bucket" }, TimeProvider.System, S3Server.Credentials);
        foreach (var call in Calls(store))
        {
            var exception = await Assert.ThrowsAsync<StoreException>(call);
            Assert.Equal(StoreFailure.Invalid, exception.Failure);
            Assert.Contains("no bucket no-such-bucket", exception.Message, StringComparison.Ordinal);
        }
    }

    // Creates first: their refused bodies must not reach the requests after them.
    private static Func<Task>[] Calls(S3SnapshotStore store) =>
    [
        () => store.CreateAsync("a", [1], Cancel),
        () => store.OpenAsync("a", Cancel),
        () => store.CreateAsync("a", new byte[5000], Cancel),
        () => store.ListAsync("a", Cancel).GetAsyncEnumerator(Cancel).MoveNextAsync().AsTask(),
    ];
}
