using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.SnapshotStore.Tests.Manifests;

public sealed class ManifestFileTests
{
    [Fact]
    public void Reads_what_it_has_written()
    {
        var stored = ManifestFile.Write(Some.Manifest());
        Assert.Equal(stored, ManifestFile.Write(ManifestFile.Read(stored, BlobHash.Of(stored))));
    }

    [Fact]
    public void Refuses_other_bytes_than_were_promised()
    {
        var exception = Assert.Throws<StoreException>(() => ManifestFile.Read(ManifestFile.Write(Some.Manifest()), BlobHash.Of([1])));
        Assert.Equal(StoreFailure.Invalid, exception.Failure);
    }

    [Fact]
    public void Refuses_another_sites_manifest_whatever_the_journal_says()
    {
        var stored = ManifestFile.Write(Some.Manifest());
        var reference = new SnapshotReference(Some.Snapshot(1), BlobHash.Of(stored), Some.Time, 3);
        Assert.NotNull(PublishedSnapshot.Parse(stored, Some.Site, reference));
        Assert.Throws<StoreException>(() => PublishedSnapshot.Parse(stored, SiteId.Parse("other"), reference));
        Assert.Throws<StoreException>(() => PublishedSnapshot.Parse(stored, Some.Site, reference with { Snapshot = Some.Snapshot(2) }));
    }

    public static TheoryData<string, string> Broken => new()
    {
        { "format", """{"format":2}""" },
        { "format", """{"format":0}""" },
        { "scheme", """{"scheme":"ftp"}""" },
        { "site", """{"site":"../x"}""" },
        { "host", """{"host":"a/b"}""" },
        { "query", """{"query":null}""" },
        { "query", """{"query":{}}""" },
        { "entries", """{"entries":null}""" },
        { "empty", """{"entries":[null]}""" },
        { "not a path", """{"entries":[{"key":"x","status":200,"kind":"document","capturedAt":"2026-01-31T12:00:00Z"}]}""" },
        { "status", """{"entries":[{"key":"/","status":99,"kind":"document","capturedAt":"2026-01-31T12:00:00Z"}]}""" },
        { "kind", """{"entries":[{"key":"/","status":200,"kind":7,"capturedAt":"2026-01-31T12:00:00Z"}]}""" },
        { "kind", """{"entries":[{"key":"/","status":200,"kind":"1","capturedAt":"2026-01-31T12:00:00Z"}]}""" },
        { "twice", """{"entries":[{"key":"/","status":200,"kind":"asset","capturedAt":"2026-01-31T12:00:00Z"},{"key":"/","status":200,"kind":"asset","capturedAt":"2026-01-31T12:00:00Z"}]}""" },
        { "Location", """{"entries":[{"key":"/","status":301,"kind":"document","location":"/x\r\nSet-Cookie: a","capturedAt":"2026-01-31T12:00:00Z"}]}""" },
        { "Content-Type", """{"entries":[{"key":"/","status":200,"kind":"document","contentType":"text/é","capturedAt":"2026-01-31T12:00:00Z"}]}""" },
        { "set-cookie", """{"entries":[{"key":"/","status":200,"kind":"document","headers":{"set-cookie":"a"},"capturedAt":"2026-01-31T12:00:00Z"}]}""" },
        { "identity", """{"entries":[{"key":"/","status":200,"kind":"document","capturedAt":"2026-01-31T12:00:00Z","bodies":[{"coding":"br","hash":"0000000000000000000000000000000000000000000000000000000000000000","length":1}]}]}""" },
        { "coding", """{"entries":[{"key":"/","status":200,"kind":"document","capturedAt":"2026-01-31T12:00:00Z","bodies":[{"coding":"sdch","hash":"0000000000000000000000000000000000000000000000000000000000000000","length":1}]}]}""" },
        { "hash", """{"entries":[{"key":"/","status":200,"kind":"document","capturedAt":"2026-01-31T12:00:00Z","bodies":[{"coding":"identity","length":1}]}]}""" },
        { "leads to", """{"views":[{"scheme":"http","host":"a.example","rule":"redirect","redirectStatus":301,"redirectTo":"javascript:alert(1)"}]}""" },
        { "leads to", """{"views":[{"scheme":"http","host":"a.example","rule":"redirect","redirectStatus":301,"redirectTo":"https://a.example/\r\nX: y"}]}""" },
        { "status", """{"views":[{"scheme":"http","host":"a.example","rule":"redirect","redirectTo":"https://a.example"}]}""" },
        { "view", """{"views":[null]}""" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Refuses_what_must_not_be_served_by(string names, string change)
    {
        var manifest = JsonOf(ManifestFile.Write(Some.Manifest()));
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            manifest[name] = value?.DeepClone();
        }

        var exception = Assert.Throws<StoreException>(() => ManifestFile.Read(Stored(manifest.ToJsonString())));
        Assert.Equal(StoreFailure.Invalid, exception.Failure);
        Assert.Contains(names, exception.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void What_may_be_left_out_is_as_if_it_were_empty()
    {
        var manifest = JsonOf(ManifestFile.Write(Some.Manifest()));
        manifest.Remove("views");
        manifest.Remove("notFound");
        manifest["entries"] = JsonNode.Parse("""[{"key":"/","status":204,"kind":"document","capturedAt":"2026-01-31T12:00:00Z"}]""");
        var read = ManifestFile.Read(Stored(manifest.ToJsonString()));
        Assert.Empty(read.Views);
        Assert.Empty(read.AllBodies());
        Assert.Empty(read.Entries[0].Headers);
    }

    [Fact]
    public void What_a_later_version_adds_is_passed_over()
    {
        var manifest = JsonOf(ManifestFile.Write(Some.Manifest()));
        manifest["later"] = 1;
        Assert.Equal(3, ManifestFile.Read(Stored(manifest.ToJsonString())).Entries.Length);
    }

    [Fact]
    public void A_bomb_is_refused()
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("{\"x\":\""u8);
            var zeros = new byte[1024 * 1024];
            Array.Fill(zeros, (byte)'0');
            for (var i = 0; i < 300; i++)
            {
                gzip.Write(zeros);
            }
        }

        Assert.Equal(StoreFailure.Invalid, Assert.Throws<StoreException>(() => ManifestFile.Read(buffer.ToArray())).Failure);
    }

    [Fact]
    public void Mutated_bytes_are_read_or_refused_and_nothing_else()
    {
        var stored = ManifestFile.Write(Some.Manifest());
        Mutations.Sample(mutations => ReadsOrRefuses(Mutate(stored, mutations)), iter: 5_000);
    }

    [Fact]
    public void Mutated_json_is_read_or_refused_and_nothing_else()
    {
        var json = Encoding.UTF8.GetBytes(JsonOf(ManifestFile.Write(Some.Manifest())).ToJsonString());
        Mutations.Sample(mutations => ReadsOrRefuses(Stored(Mutate(json, mutations))), iter: 10_000);
        Edits.Sample(edits => ReadsOrRefuses(Stored(edits.Aggregate(Encoding.UTF8.GetString(json), (text, edit) => Replace(text, edit.Place, edit.With)))), iter: 10_000);
    }

    private static readonly Gen<(int Place, byte With)[]> Mutations = Gen.Select(Gen.Int[0, 100_000], Gen.Byte).Array[1, 4];

    // Whole values exchanged: what a hand or another program gets wrong.
    private static readonly Gen<(int Place, string With)[]> Edits =
        Gen.Select(Gen.Int[0, 1000], Gen.OneOf("null", "[]", "{}", "\"\"", "-1", "1e99", "true", "\"/..\"", "99999999999999999999", "\"2026-99-99\"", "[null]", "\"\\u0000\"")).Array[1, 3];

    private static bool ReadsOrRefuses(byte[] stored)
    {
        try
        {
            var manifest = ManifestFile.Read(stored);
            // Whatever gets through can be gone through.
            return manifest.AllEntries().All(entry => entry.Headers.Count >= 0) && manifest.AllBodies().Count() >= 0 && manifest.Query.Normalise("a=1&b").Length > 0;
        }
        catch (StoreException e)
        {
            return e.Failure == StoreFailure.Invalid;
        }
    }

    private static byte[] Mutate(byte[] content, (int Place, byte With)[] mutations)
    {
        var mutated = content.ToArray();
        foreach (var (place, with) in mutations)
        {
            mutated[place % mutated.Length] = with;
        }

        return mutated;
    }

    private static string Replace(string json, int place, string with)
    {
        var values = new List<(int Start, int End)>();
        for (var colon = json.IndexOf("\":", StringComparison.Ordinal); colon >= 0; colon = json.IndexOf("\":", colon + 1, StringComparison.Ordinal))
        {
            var end = json.IndexOfAny([',', '}', ']'], colon);
            if (end > 0)
            {
                values.Add((colon + 2, end));
            }
        }

        if (values.Count == 0)
        {
            return json;
        }

        var (start, stop) = values[place % values.Count];
        return json[..start] + with + json[stop..];
    }

    private static JsonObject JsonOf(byte[] stored)
    {
        using var gzip = new GZipStream(new MemoryStream(stored), CompressionMode.Decompress);
        return JsonNode.Parse(gzip)!.AsObject();
    }

    private static byte[] Stored(string json) => Stored(Encoding.UTF8.GetBytes(json));

    private static byte[] Stored(byte[] json)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(json);
        }

        return buffer.ToArray();
    }
}
