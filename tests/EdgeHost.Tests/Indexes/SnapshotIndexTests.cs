using System.Collections.Immutable;
using CsCheck;
using EdgeHost.Indexes;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Sites;
using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.Tests.Indexes;

public sealed class SnapshotIndexTests
{
    private static readonly SnapshotManifest Full = Some.Draft().Manifest with
    {
        Query = new QueryPolicy { Drop = ["a", "b*"], Sort = false },
        Views =
        [
            new HostView { Scheme = "https", Host = HostName.Parse("same.example"), Rule = HostRule.Same },
            new HostView { Scheme = "http", Host = HostName.Parse("redirect.example"), Rule = HostRule.Redirect, RedirectStatus = 308, RedirectTo = "https://www.nova.example" },
            new HostView { Scheme = "http", Host = HostName.Parse("own.example"), Rule = HostRule.Own, Entries = [Some.Entry("/", Some.Body("own")), Some.Entry("/only-here", Some.Body("x", ContentCoding.Identity), Some.Body("y", ContentCoding.Zstandard))] },
        ],
    };

    private static readonly Gen<ManifestEntry> Entry = Gen.Select(
        Gen.Char["abc/-?=%2F"].Array[0, 30],
        Gen.Int[200, 599],
        Gen.Int[0, 2].Select(n => new[] { null, "text/html", "text/css" }[n]),
        Gen.Int[0, 2].Select(n => new[] { null, "", "https://other.example/x" }[n]),
        Gen.Long[0, 4_000_000_000_000_000],
        Gen.Long[0, long.MaxValue].Array[0, 4],
        (key, status, type, location, ticks, lengths) => new ManifestEntry
        {
            Key = $"/{new string(key)}",
            Status = status,
            Kind = status % 2 == 0 ? EntryKind.Document : EntryKind.Asset,
            ContentType = type,
            Location = location,
            LastModified = ticks % 2 == 0 ? null : new DateTimeOffset(ticks, TimeSpan.FromMinutes(ticks % 60)),
            CapturedAt = new DateTimeOffset(ticks + TimeSpan.TicksPerDay, TimeSpan.FromHours(-3)),
            Headers = ImmutableSortedDictionary<string, string>.Empty.AddRange(lengths.Select((length, n) => new KeyValuePair<string, string>($"x-{n}", $"{length % 3}"))),
            Bodies = [.. lengths.Select((length, n) => new StoredBody((ContentCoding)n, BlobHash.Of(BitConverter.GetBytes(length)), length))],
        });

    [Fact]
    public void Holds_what_the_manifest_holds()
    {
        var index = IndexOf(Full);

        Assert.Equal((Full.Scheme, Full.Host, Full.Entries.Length, Full.Entries.Count(entry => entry is { Kind: EntryKind.Document, Status: 200 })), (index.Scheme, index.Host, index.Count, index.Documents));
        Assert.Equal((Full.Query.Sort, string.Join(' ', Full.Query.Drop)), (index.Query.Sort, string.Join(' ', index.Query.Drop)));
        Assert.Equal(Full.Views.Select(view => (view.Scheme, view.Host, view.Rule, view.RedirectStatus, view.RedirectTo)), index.Views.Select(view => (view.Scheme, view.Host, view.Rule, view.RedirectStatus, view.RedirectTo)));
        Assert.Equal(Full.AllEntries().Select(Text), Enumerable.Range(0, index.All).Select(number => Text(index.Read(number))));
        Assert.Equal(Text(Full.NotFound!), Text(index.Read(index.NotFound!.Value)));
        Assert.Equal((-1, 0), (index.Find(1, "/"), index.In(2).Count()));
        Assert.Equal("/only-here", index.KeyOf(index.Find(3, "/only-here")));
        Assert.Equal(-1, index.Find(SnapshotIndex.Canonical, "/only-here"));
        Assert.Null(IndexOf(Some.Manifest(1)).NotFound);
    }

    [Fact]
    public void Every_answer_is_found_by_its_key_and_none_by_another() => Entry.Array[0, 60].Sample(entries =>
    {
        var manifest = Some.Manifest(1, [.. entries.DistinctBy(entry => entry.Key)]);
        var index = IndexOf(manifest);
        foreach (var entry in manifest.Entries)
        {
            Assert.Equal(Text(entry), Text(index.Read(index.Find(SnapshotIndex.Canonical, entry.Key))));
            Assert.Equal(manifest.Entries.Any(other => other.Key == entry.Key + "a"), index.Find(SnapshotIndex.Canonical, entry.Key + "a") >= 0);
        }

        Assert.Equal(-1, index.Find(SnapshotIndex.Canonical, ""));
        Assert.Equal(-1, index.Find(SnapshotIndex.Canonical, "/ü"));
    });

    [Fact]
    public void A_file_with_one_byte_changed_or_fewer_is_none()
    {
        var hash = BlobHash.Of([1]);
        var file = IndexWriter.Write(Some.Manifest(1, Some.Entry("/", Some.Body("x"))), hash);
        Assert.NotNull(SnapshotIndex.TryRead(file, hash));

        for (var at = 0; at < file.Length; at++)
        {
            var damaged = file.ToArray();
            damaged[at] ^= 1;
            // All but the four bytes of nothing are looked at, and those are under the checksum.
            Assert.Null(SnapshotIndex.TryRead(damaged, hash));
            Assert.Null(SnapshotIndex.TryRead(file[..at], hash));
        }
    }

    [Fact]
    public void An_index_of_another_manifest_or_another_version_is_none()
    {
        var hash = BlobHash.Of([1]);
        var file = IndexWriter.Write(Some.Manifest(1, Some.Entry("/", Some.Body("x"))), hash);

        Assert.Null(SnapshotIndex.TryRead(file, BlobHash.Of([2])));
        file[8] = IndexFormat.CurrentFormat + 1;
        Assert.Null(SnapshotIndex.TryRead(file, hash));
        Assert.Null(SnapshotIndex.TryRead([], hash));
    }

    private static SnapshotIndex IndexOf(SnapshotManifest manifest) => SnapshotIndex.Of(manifest, BlobHash.Of(ManifestFile.Write(manifest)));

    // All of an entry: a record compares its lists by reference.
    private static string Text(ManifestEntry entry) => System.Text.Json.JsonSerializer.Serialize(
        new { entry.Key, entry.Status, entry.Kind, entry.ContentType, entry.Location, entry.LastModified, entry.CapturedAt, entry.Headers, Bodies = entry.Bodies.Select(body => $"{body.Coding} {body.Hash} {body.Length}") });
}
