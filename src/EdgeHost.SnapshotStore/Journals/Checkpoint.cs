using System.Text.Json;

namespace EdgeHost.SnapshotStore.Journals;

/// <summary>A folded state as it is stored beside a journal, so that a newcomer reads one object and the tail instead of every record.</summary>
/// <remarks><c>{"format":1,"store":"…","number":64,"hash":"…","state":{…}}</c></remarks>
internal static class Checkpoint
{
    private const int CurrentFormat = 1;

    public static byte[] Write<TState>(JournalView<TState> view)
        where TState : class, IJournalState<TState>
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("format", CurrentFormat);
            json.WriteString("store", view.Head.Store);
            json.WriteNumber("number", view.Head.Number);
            json.WriteString("hash", view.Head.Hash);
            json.WritePropertyName("state");
            JsonSerializer.Serialize(json, view.State, TState.Json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Null when it is of another format or can't be read: the journal itself still can.</summary>
    public static JournalView<TState>? TryRead<TState>(byte[] content)
        where TState : class, IJournalState<TState>
    {
        try
        {
            using var json = JsonDocument.Parse(content);
            var root = json.RootElement;
            if (root.GetProperty("format").GetInt32() != CurrentFormat || root.GetProperty("state").Deserialize(TState.Json) is not { } state)
            {
                return null;
            }

            var head = new JournalHead(root.GetProperty("store").GetString()!, root.GetProperty("number").GetInt64(), root.GetProperty("hash").GetString()!);
            return new JournalView<TState>(head, state, Skipped: false, Blocked: null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
