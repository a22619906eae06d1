using System.Diagnostics.CodeAnalysis;
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

    /// <summary>Reads what a person wrote.</summary>
    /// <param name="text">A directory or <c>s3://bucket/prefix</c>.</param>
    /// <param name="s3">Settings for S3; its bucket and prefix are taken from <paramref name="text"/>.</param>
    /// <param name="location">The store that it names.</param>
    /// <param name="fault">Why it names none, and what to write.</param>
    public static bool TryParse(string? text, S3StoreOptions? s3, [NotNullWhen(true)] out StoreLocation? location, [NotNullWhen(false)] out string? fault)
    {
        (location, fault) = Read(text, s3);
        return location is not null;
    }

    /// <summary>The same of a text that was checked before.</summary>
    /// <exception cref="FormatException">Neither a directory nor a bucket; the message says what to write.</exception>
    public static StoreLocation Parse(string text, S3StoreOptions? s3 = null) => TryParse(text, s3, out var location, out var fault) ? location : throw new FormatException(fault);

    /// <summary>Opens the store. Nothing is read yet: a store that is down is found out when it is first asked.</summary>
    public ISnapshotStore Open(TimeProvider clock) => S3 is null ? new DirectorySnapshotStore(Directory!, clock) : new S3SnapshotStore(S3, clock);

    // One of the two.
    private static (StoreLocation? Location, string? Fault) Read(string? text, S3StoreOptions? s3)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return (null, "The store's location is empty: name a directory or s3://bucket/prefix.");
        }

        if (!text.StartsWith("s3://", StringComparison.OrdinalIgnoreCase))
        {
            return text.Contains("://", StringComparison.Ordinal) || text.StartsWith("s3:", StringComparison.OrdinalIgnoreCase)
                ? (null, $"'{text}' is not a store: name a directory or s3://bucket/prefix, and give an S3 service's URL as its endpoint.")
                : (new StoreLocation { Directory = text }, null);
        }

        var rest = text["s3://".Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var bucket = slash < 0 ? rest : rest[..slash];
        if (bucket.Length is < 3 or > 63)
        {
            return (null, $"'{text}' names no bucket: write s3://bucket/prefix; a bucket's name has 3 to 63 characters.");
        }

        return (new StoreLocation { S3 = (s3 ?? new S3StoreOptions { Bucket = bucket }) with { Bucket = bucket, Prefix = slash < 0 ? "" : rest[(slash + 1)..].Trim('/') } }, null);
    }
}
