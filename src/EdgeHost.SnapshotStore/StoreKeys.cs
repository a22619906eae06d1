using System.Buffers;
using System.Globalization;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.SnapshotStore;

/// <summary>The layout of a store, in one place. See docs/snapshot-format.md.</summary>
public static class StoreKeys
{
    /// <summary>The store's identity, written once by <c>static-export init</c>.</summary>
    public const string Identity = "store.json";

    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-");

    // S3 allows 1024 bytes, and what stands before a key takes some of them.
    private const int MaxKeyLength = 512;

    private const long NumberSpace = 1_000_000_000_000;

    /// <summary>What <c>store check</c> creates once and finds ever after.</summary>
    public const string CreateCheck = "checks/create-if-absent";

    /// <summary>Whether a text can be a key: segments of <c>[a-z0-9.-]</c> that don't start with a dot, joined by single slashes.</summary>
    public static bool IsKey(string text)
    {
        if (text.Length is 0 or > MaxKeyLength)
        {
            return false;
        }

        foreach (var segment in text.AsSpan().Split('/'))
        {
            if (text.AsSpan()[segment] is not ([not '.', ..] and var name) || name.ContainsAnyExcept(KeyCharacters))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a text can be the beginning of a key: nothing, or a key with or without a slash at its end.</summary>
    public static bool IsPrefix(string text) => text.Length == 0 || IsKey(text is [.., '/'] ? text[..^1] : text);

    /// <exception cref="ArgumentException">Not a key: it would leave the store's root or mean different things to different stores.</exception>
    internal static string Checked(string key) => IsKey(key) ? key : throw new ArgumentException($"'{key}' is not a key of a store.", nameof(key));

    /// <exception cref="ArgumentException">Not the beginning of a key.</exception>
    internal static string CheckedPrefix(string prefix) => IsPrefix(prefix) ? prefix : throw new ArgumentException($"'{prefix}' is not the beginning of a key of a store.", nameof(prefix));

    public static string Blobs(SiteId site) => $"sites/{site}/blobs/";

    /// <summary><c>sites/{site}/blobs/{ab}/{sha256}</c>: the site id is part of the key, so no site can name another's bytes.</summary>
    public static string Blob(SiteId site, BlobHash hash) => $"sites/{site}/blobs/{hash.Text[..2]}/{hash.Text}";

    public static string Manifest(SiteId site, SnapshotId snapshot) => $"sites/{site}/snapshots/{snapshot}/manifest.json.gz";

    /// <summary><c>journal/{name}/{000000000001…}</c></summary>
    public static string Record(string journal, long number) => string.Create(CultureInfo.InvariantCulture, $"journal/{journal}/{number:D12}");

    /// <summary>The number of a record by its key; null for a checkpoint or anything else.</summary>
    public static long? RecordNumber(string journal, string key) =>
        long.TryParse(key.AsSpan(key.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && key == Record(journal, number) ? number : null;

    public static string Records(string journal) => $"journal/{journal}/";

    public static string Checkpoints(string journal) => $"journal/{journal}/checkpoints/";

    /// <summary><c>journal/{name}/checkpoints/{10^12−1−n}</c>: a listing is ascending, so the first one listed is the newest.</summary>
    public static string Checkpoint(string journal, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Checkpoints(journal)}{NumberSpace - 1 - number:D12}");
}
