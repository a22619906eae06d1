using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EdgeHost.SnapshotStore.Journals;

/// <summary>Reads what a record carries.</summary>
internal static class RecordData
{
    /// <exception cref="JsonException">Not of that form, <c>null</c> included.</exception>
    public static T Read<T>(JournalRecord record, JsonTypeInfo<T> form)
        where T : class => record.Data.Deserialize(form) ?? throw new JsonException($"Record {record.Number} carries nothing.");
}
