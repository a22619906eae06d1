using System.Text.Json;

namespace EdgeHost.SnapshotStore.Journals;

/// <summary>A decision that is not in the journal yet.</summary>
/// <param name="Type">What kind of decision it is.</param>
/// <param name="MustUnderstand">Whether a reader that doesn't know the type must stop at it.</param>
/// <param name="Actor">Who decided it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Data">What was decided.</param>
public sealed record RecordDraft(string Type, bool MustUnderstand, string Actor, string? Reason, JsonElement Data);
