using EdgeHost.SnapshotStore.Directories;
using EdgeHost.SnapshotStore.S3;

namespace EdgeHost.SnapshotStore;

/// <summary>What a person writes to name a store: a directory, or <c>s3://bucket/prefix</c>.</summary>
public sealed record StoreLocation
{
    /// <summary>The directory, or null for S3.</summary>
    public string? Directory { get; private init; }

    /// <summary>The bucket and how to reach it, or null for a directory.</summary>
    public S3StoreOptions? S3 { get; private init; }

    /// <param name="text">A directory or <c>s3://bucket/prefix</c>.</param>
    /// <param name="s3">Settings for S3; its bucket and prefix are taken from <paramref name="text"/>.</param>
    /// <exception cref="FormatException">Neither a directory nor a bucket; the message says what to write.</exception>
    public static StoreLocation Parse(string text, S3StoreOptions? s3 = null)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new FormatException("The store's location is empty: name a directory or s3://bucket/prefix.");
        }

        if (!text.StartsWith("s3://", StringComparison.OrdinalIgnoreCase))
        {
            return text.Contains("://", StringComparison.Ordinal) || text.StartsWith("s3:", StringComparison.OrdinalIgnoreCase)
                ? throw new FormatException($"'{text}' is not a store: name a directory or s3://bucket/prefix, and give an S3 service's URL as its endpoint.")
                : new StoreLocation { Directory = text };
        }

        var rest = text["s3://".Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var bucket = slash < 0 ? rest : rest[..slash];
        if (bucket.Length is < 3 or > 63)
        {
            throw new FormatException($"'{text}' names no bucket: write s3://bucket/prefix; a bucket's name has 3 to 63 characters.");
        }

        return new StoreLocation { S3 = (s3 ?? new S3StoreOptions { Bucket = bucket }) with { Bucket = bucket, Prefix = slash < 0 ? "" : rest[(slash + 1)..].Trim('/') } };
    }

    /// <summary>Opens the store. Nothing is read yet: a store that is down is found out when it is first asked.</summary>
    public ISnapshotStore Open(TimeProvider clock) => S3 is null ? new DirectorySnapshotStore(Directory!, clock) : new S3SnapshotStore(S3, clock);
}
