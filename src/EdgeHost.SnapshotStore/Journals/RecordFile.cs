using System.Text.Json;

namespace EdgeHost.SnapshotStore.Journals;

/// <summary>A record as it is stored: one line of JSON. Its bytes are hashed, so they are kept as they are.</summary>
/// <remarks><c>{"format":1,"store":"…","number":7,"id":"…","previous":"…","at":"…","actor":"…","type":"activated","mustUnderstand":true,"data":{…}}</c></remarks>
internal static class RecordFile
{
    public static byte[] Write(JournalRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, RecordJson.Default.JournalRecord);

    /// <summary>The record; or null and why not.</summary>
    public static JournalRecord? TryRead(byte[] content, out string? problem)
    {
        try
        {
            var record = JsonSerializer.Deserialize(content, RecordJson.Default.JournalRecord);
            problem = record is null ? "it is empty" : null;
            return record;
        }
        catch (JsonException e)
        {
            problem = e.Message;
            return null;
        }
    }

    /// <summary>The format of a record that can't be read, when it says one that is newer than ours.</summary>
    public static int? NewerFormat(byte[] content)
    {
        try
        {
            using var json = JsonDocument.Parse(content);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("format", out var format)
                && format.ValueKind == JsonValueKind.Number && format.TryGetInt32(out var number) && number > JournalRecord.CurrentFormat
                ? number
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
