using EdgeHost.Following;
using EdgeHost.Replicas;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;

namespace EdgeHost.Tests.Following;

public sealed class WarmPlanTests
{
    private const long Mega = 1024 * 1024;

    private static readonly StoredBody Page = Body("page", 4 * Mega);
    private static readonly StoredBody Style = Body("style", WarmPlan.AssetsUpTo);
    private static readonly StoredBody Photo = Body("photo", WarmPlan.AssetsUpTo + 1);
    private static readonly StoredBody Film = Body("film", 10 * Mega);

    [Fact]
    public void A_small_snapshot_is_brought_whole_before_it_is_served()
    {
        var plan = Plan(ReplicaPolicy.All, Asset(Photo), Document(Page), Asset(Style));

        Assert.Equal([Page, Photo, Style], plan.First);
        Assert.Empty(plan.Then);
    }

    [Fact]
    public void Of_a_large_one_documents_and_small_files_come_first()
    {
        var plan = Plan(ReplicaPolicy.All, Asset(Film), Asset(Photo), Document(Page), Asset(Style));

        Assert.Equal([Page, Style], plan.First);
        Assert.Equal([Film, Photo], plan.Then);
    }

    [Fact]
    public void Ten_megabytes_are_small_and_a_byte_more_is_not()
    {
        Assert.Empty(Plan(ReplicaPolicy.All, Asset(Film)).Then);
        Assert.NotEmpty(Plan(ReplicaPolicy.All, Asset(Film), Asset(Body("byte", 1))).Then);
    }

    [Fact]
    public void A_body_that_is_a_document_somewhere_is_one()
    {
        var plan = Plan(ReplicaPolicy.All, Asset(Film), Document(Film), Asset(Photo), Document(Page));

        Assert.Contains(Film, plan.First);
        Assert.Equal([Photo], plan.Then);
    }

    [Fact]
    public void Hot_waits_for_documents_alone()
    {
        var plan = Plan(ReplicaPolicy.Hot, Asset(Style), Document(Page));

        Assert.Equal([Page], plan.First);
        Assert.Empty(plan.Then);
    }

    [Fact]
    public void None_waits_for_nothing()
    {
        var plan = Plan(ReplicaPolicy.None, Asset(Style), Document(Page));

        Assert.Empty(plan.First);
        Assert.Empty(plan.Then);
    }

    private static WarmPlan Plan(ReplicaPolicy policy, params ManifestEntry[] entries) => WarmPlan.Of(entries, policy);

    private static ManifestEntry Document(StoredBody body) => Some.Entry("/", body);

    private static ManifestEntry Asset(StoredBody body) => Some.Entry("/", body) with { Kind = EntryKind.Asset };

    private static StoredBody Body(string text, long length) => Some.Body(text, ContentCoding.Identity) with { Length = length };
}
