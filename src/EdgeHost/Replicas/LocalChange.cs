using System.Text.Json.Serialization;

namespace EdgeHost.Replicas;

/// <summary>A change of mode that was made for this edge alone and is not in the journal yet.</summary>
/// <param name="Scope">Where.</param>
/// <param name="Mode">The mode; null: the end of what was set for this edge.</param>
/// <param name="At">When it was decided.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="Actor">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Overridden">The rules that would have refused it.</param>
/// <param name="Id">Random, 32 hexadecimal digits: the journal is asked by it whether it knows the change. Null where an edge wrote it that had no ids yet.</param>
internal sealed record LocalChange(
    string Scope, string? Mode, DateTimeOffset At, DateTimeOffset? ExpiresAt, string Actor, string Reason, string[] Overridden, string? Id = null);

/// <summary>The file <c>local.json</c>: what this edge has yet to tell the journal, the oldest first.</summary>
internal sealed record LocalChangesFile(int Format, LocalChange[] Changes)
{
    public const int CurrentFormat = 1;
}

// What a newer version knows of a change may not be passed over: then the file is as good as none.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(LocalChangesFile))]
internal sealed partial class LocalChangesJson : JsonSerializerContext;
