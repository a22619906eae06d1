using System.Text.Json;
using EdgeHost.SnapshotStore.Blobs;

namespace EdgeHost.SnapshotStore.Journals;

/// <summary>A folded state as it is stored beside a journal, so that a newcomer reads one object and the tail instead of every record.</summary>
/// <remarks>
/// <c>{"format":1,"store":"…","number":64,"hash":"…","stateHash":"…","state":{…}}</c>, where <c>hash</c> is that of record 64 and <c>stateHash</c>
/// that of the state's bytes: no chain leads through a checkpoint, so it proves itself.
/// </remarks>
internal static class Checkpoint
{
    private const int CurrentFormat = 1;

    public static byte[] Write<TState>(JournalView<TState> view)
        where TState : class, IJournalState<TState>
    {
        var state = JsonSerializer.SerializeToUtf8Bytes(view.State, TState.Json);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("format", CurrentFormat);
            json.WriteString("store", view.Head.Store);
            json.WriteNumber("number", view.Head.Number);
            json.WriteString("hash", view.Head.Hash);
            json.WriteString("stateHash", BlobHash.Of(state).Text);
            json.WritePropertyName("state");
            json.WriteRawValue(state, skipInputValidation: true);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Null when it is of another format, of a version that knows more, or can't be read: the journal itself still can.</summary>
    public static JournalView<TState>? TryRead<TState>(byte[] content)
        where TState : class, IJournalState<TState>
    {
        try
        {
            using var json = JsonDocument.Parse(content);
            var root = json.RootElement;
            var state = root.GetProperty("state");
            if (root.GetProperty("format").GetInt32() != CurrentFormat
                || BlobHash.Of(System.Text.Encoding.UTF8.GetBytes(state.GetRawText())).Text != root.GetProperty("stateHash").GetString()
                || state.Deserialize(TState.Json) is not { } read)
            {
                return null;
            }

            var head = new JournalHead(root.GetProperty("store").GetString()!, root.GetProperty("number").GetInt64(), root.GetProperty("hash").GetString()!);
            return new JournalView<TState>(head, read, Skipped: false, Blocked: null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
