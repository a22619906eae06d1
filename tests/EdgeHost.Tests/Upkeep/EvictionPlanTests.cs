using EdgeHost.Replicas;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.Upkeep;

namespace EdgeHost.Tests.Upkeep;

public sealed class EvictionPlanTests
{
    private static readonly Worth[] ByWorth = Enum.GetValues<Worth>();

    [Fact]
    public void Nothing_goes_while_there_is_room()
    {
        Assert.Empty(Plan(total: 1000, budget: 1000, true, File(Worth.Unreferenced, 100)).Files);
    }

    [Fact]
    public void What_is_needed_least_goes_first_and_what_is_kept_never()
    {
        var files = ByWorth.Reverse().Select(worth => File(worth, 100)).ToArray();

        var plan = Plan(total: 10_000, budget: 1, true, files);

        Assert.Equal(ByWorth.Where(worth => worth != Worth.Kept).Select(worth => $"{worth}"), plan.Files.Select(file => file.Path));
    }

    [Fact]
    public void Of_what_is_needed_alike_the_longest_unused_goes_and_no_more_than_must()
    {
        var (old, older, oldest) = (File(Worth.Media, 100, 1), File(Worth.Media, 100, 2), File(Worth.Media, 100, 3));

        var plan = Plan(total: 1150, budget: 1000, true, old, oldest, older, File(Worth.Document, 100, 9));

        Assert.Equal([oldest.File, older.File], plan.Files);
    }

    [Fact]
    public void Only_what_nobody_needs_goes_while_the_store_gives_nothing()
    {
        var plan = Plan(total: 10_000, budget: 1, storeAnswers: false, [.. ByWorth.Select(worth => File(worth, 100))]);

        Assert.Equal(["Unreferenced"], plan.Files.Select(file => file.Path));
    }

    [Fact]
    public void What_has_just_come_stays()
    {
        var young = File(Worth.Unreferenced, 100);
        young.File = young.File with { LastUsed = Some.Time.AddMinutes(-9) };

        Assert.Empty(Plan(total: 10_000, budget: 1, true, young).Files);
    }

    private static EvictionPlan Plan(long total, long budget, bool storeAnswers, params (ReplicaFile, Worth)[] files) => EvictionPlan.For(files, total, budget, storeAnswers, Some.Time);

    private static (ReplicaFile File, Worth Worth) File(Worth worth, long length, int daysAgo = 1) =>
        (new ReplicaFile("nova", BlobHash.Of([]), $"{worth}", length, Some.Time.AddDays(-daysAgo)), worth);
}
