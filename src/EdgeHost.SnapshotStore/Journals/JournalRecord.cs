using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeHost.SnapshotStore.Journals;

/// <summary>One decision that somebody took: who, when, why and what. Immutable, numbered without gaps, and chained to the record before it.</summary>
public sealed record JournalRecord
{
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    /// <summary>The <see cref="Identity.StoreIdentity.Id"/> of the store that the record was written to.</summary>
    public required string Store { get; init; }

    /// <summary>1 and up.</summary>
    public required long Number { get; init; }

    /// <summary>Random, 32 hexadecimal digits: the writer knows its own record by it when a reply was lost.</summary>
    public required string Id { get; init; }

    /// <summary>The SHA-256 of the stored bytes of the record before, in hexadecimal; the first record names the store's id instead.</summary>
    public required string Previous { get; init; }

    /// <summary>When it was written, by the writer's clock, in UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who decided it: a person, or a program and its machine.</summary>
    public required string Actor { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>What kind of decision it is, such as <c>activated</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Whether a reader that doesn't know the type must stop here instead of passing over it.</summary>
    public required bool MustUnderstand { get; init; }

    /// <summary>What was decided; its form belongs to the type.</summary>
    public required JsonElement Data { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(JournalRecord))]
internal sealed partial class RecordJson : JsonSerializerContext;
