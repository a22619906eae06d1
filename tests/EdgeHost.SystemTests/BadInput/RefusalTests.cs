namespace EdgeHost.SystemTests.BadInput;

public sealed class RefusalTests(BadInputBench bench) : IClassFixture<BadInputBench>
{
    public static TheoryData<string> Names => [.. BadRequest.All.Select(request => request.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Refuses(string name)
    {
        var cancel = TestContext.Current.CancellationToken;
        var bad = BadRequest.All.Single(request => request.Name == name);
        bench.Origin.Forget();
        var before = bench.RefusalLines();

        var answer = await bench.SendAsync(bad.Bytes, cancel);

        Assert.True(bad.Statuses.Contains(answer?.Status ?? 0), $"answered by {answer}");
        Assert.DoesNotContain("   at ", answer?.Text ?? "", StringComparison.Ordinal);
        await Wait.UntilAsync("a line that names the refusal", TimeSpan.FromSeconds(5), () => bench.RefusalLines().Count > before.Count, cancel);
        Assert.Equal(200, (await bench.Edge.GetAsync("/healthy", BadInputBench.Host, cancel)).Status);
        Assert.Equal(["/healthy"], bench.Origin.Requests.Select(request => request.Target));
        Assert.Equal(before.Count + 1, bench.RefusalLines().Count);
    }
}
