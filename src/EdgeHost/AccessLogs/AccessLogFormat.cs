using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using EdgeHost.Decisions;

namespace EdgeHost.AccessLogs;

/// <summary>The form of a line: <c>{"ts":"…","method":"GET","host":"…","path":"/","status":200,"decision":"live","reason":"origin-usable",…}</c>. Documented in docs/operating.md.</summary>
internal sealed class AccessLogFormat(bool withQuery) : IDisposable
{
    private readonly ArrayBufferWriter<byte> buffer = new(64 * 1024);

    // A log is read by machines and terminals, not by browsers: only what JSON itself needs is escaped, control characters among it.
    private readonly Utf8JsonWriter json = new(Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    public ReadOnlyMemory<byte> Written => buffer.WrittenMemory;

    public void Clear() => buffer.ResetWrittenCount();

    public void Add(in AccessRecord record)
    {
        json.Reset(buffer);
        json.WriteStartObject();
        json.WriteString("ts"u8, record.At.UtcDateTime);
        json.WriteString("method"u8, record.Method);
        Optional("host"u8, record.Host);
        var question = withQuery ? -1 : record.Target.IndexOf('?', StringComparison.Ordinal);
        json.WriteString(withQuery ? "target"u8 : "path"u8, question < 0 ? record.Target : record.Target.AsSpan(0, question));
        json.WriteString("proto"u8, record.Protocol);
        json.WriteNumber("status"u8, record.Status);
        if (record.Size >= 0)
        {
            json.WriteNumber("size"u8, record.Size);
        }

        json.WriteNumber("duration_ms"u8, Math.Round(record.Duration.TotalMilliseconds, 3));
        Optional("site"u8, record.Site);
        json.WriteString("decision"u8, record.Decision.Kind.Name());
        json.WriteString("reason"u8, record.Decision.Reason.Name());
        Optional("scope"u8, record.Scope);
        Optional("problem"u8, record.Problem);
        Optional("snapshot"u8, record.Snapshot);
        if (record.Client is { } client)
        {
            Span<char> text = stackalloc char[64];
            if (client.TryFormat(text, out var length))
            {
                json.WriteString("client_ip"u8, text[..length]);
            }
        }

        Optional("user_agent"u8, record.UserAgent);
        json.WriteEndObject();
        json.Flush();
        buffer.Write("\n"u8);
    }

    public void Dispose() => json.Dispose();

    private void Optional(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
