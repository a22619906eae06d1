using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeHost.SnapshotStore.Identity;

/// <summary>
/// Who a store is: written once by an explicit <c>init</c>. A bucket that was emptied and made anew is another store, and those who knew the old one must notice.
/// </summary>
public sealed record StoreIdentity
{
    public const int CurrentFormat = 1;

    [JsonRequired]
    public int Format { get; init; } = CurrentFormat;

    /// <summary>Random, 32 hexadecimal digits; it is in every record of the journals.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Creates the identity. Answers the one that is there when another <c>init</c> was first, together with false.</summary>
    public static async Task<(StoreIdentity Identity, bool Created)> InitAsync(ISnapshotStore store, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            // Read first: a bucket policy may allow only the first init.
            if (await TryReadAsync(store, cancellationToken) is { } existing)
            {
                return (existing, false);
            }
        }
        catch (StoreException e) when (e.Failure is StoreFailure.Unreachable or StoreFailure.Denied)
        {
            // A directory that is not there yet, or an absent key that we may not list: creating it tells.
        }

        var mine = new StoreIdentity { Id = Guid.NewGuid().ToString("N"), CreatedAt = clock.GetUtcNow() };
        await store.CreateAsync(StoreKeys.Identity, JsonSerializer.SerializeToUtf8Bytes(mine, IdentityJson.Default.StoreIdentity), cancellationToken);
        var winner = await ReadAsync(store, cancellationToken);
        return (winner, winner.Id == mine.Id);
    }

    /// <exception cref="StoreException"><see cref="StoreFailure.Invalid"/>: there is none, or it can't be read.</exception>
    public static async Task<StoreIdentity> ReadAsync(ISnapshotStore store, CancellationToken cancellationToken) =>
        await TryReadAsync(store, cancellationToken)
        ?? throw new StoreException(StoreFailure.Invalid, $"{store.Location} holds no {StoreKeys.Identity}: run 'static-export init' on it once, or correct the store's location.");

    /// <summary>The store's identity, or null when it has none.</summary>
    public static async Task<StoreIdentity?> TryReadAsync(ISnapshotStore store, CancellationToken cancellationToken)
    {
        var content = await store.ReadAsync(StoreKeys.Identity, cancellationToken);
        if (content is null)
        {
            return null;
        }

        StoreIdentity? identity;
        try
        {
            identity = JsonSerializer.Deserialize(content, IdentityJson.Default.StoreIdentity);
        }
        catch (JsonException e)
        {
            throw new StoreException(StoreFailure.Invalid, $"{StoreKeys.Identity} in {store.Location} can't be read: {e.Message}", e);
        }

        return identity switch
        {
            null or { Id: "" } or { Format: < 1 } => throw new StoreException(StoreFailure.Invalid, $"{StoreKeys.Identity} in {store.Location} holds no id and format."),
            { Format: > CurrentFormat } => throw new StoreException(StoreFailure.Invalid, $"{store.Location} has format {identity.Format}, and this version knows up to {CurrentFormat}: update EdgeHost."),
            _ => identity,
        };
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StoreIdentity))]
internal sealed partial class IdentityJson : JsonSerializerContext;
