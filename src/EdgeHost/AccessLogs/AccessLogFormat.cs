using EdgeHost.Decisions;

namespace EdgeHost.AccessLogs;

/// <summary>The form of a line: <c>{"ts":"…","method":"GET","host":"…","path":"/","status":200,"decision":"live","reason":"origin-usable",…}</c>. Documented in docs/operating.md.</summary>
/// <remarks>A line is formatted while its visitor's connection waits for the next request, so it is put together from bytes that are ready; a general JSON writer took three times as long.</remarks>
internal sealed class AccessLogFormat(bool withQuery)
{
    // A log is bounded in lines; so that it is in bytes too, no client may make a line of any length.
    private const int LongestTarget = 2048;
    private const int LongestHost = 255;
    private const int LongestText = 512;

    private readonly JsonLines lines = new();

    public ReadOnlyMemory<byte> Written => lines.Written;

    public void Clear() => lines.Clear();

    public void Add(in AccessRecord record)
    {
        var question = withQuery ? -1 : record.Target.IndexOf('?', StringComparison.Ordinal);
        lines.Begin("{\"ts\":\""u8);
        lines.Time(record.At);
        lines.Raw("\",\"method\":\""u8);
        lines.Text(record.Method, LongestText);
        Optional("\",\"host\":\""u8, record.Host, LongestHost);
        lines.Raw(withQuery ? "\",\"target\":\""u8 : "\",\"path\":\""u8);
        lines.Text(question < 0 ? record.Target : record.Target.AsSpan(0, question), LongestTarget);
        lines.Raw("\",\"proto\":\""u8);
        lines.Text(record.Protocol, LongestText);
        lines.Raw("\",\"status\":"u8);
        lines.Number(record.Status);
        if (record.Size >= 0)
        {
            lines.Raw(",\"size\":"u8);
            lines.Number(record.Size);
        }

        lines.Raw(",\"duration_ms\":"u8);
        lines.Thousandths((long)Math.Round(record.Duration.TotalMicroseconds));
        if (record.Site is not null)
        {
            lines.Raw(",\"site\":\""u8);
            lines.Name(record.Site);
            lines.Raw("\""u8);
        }

        lines.Raw(",\"decision\":\""u8);
        lines.Raw(record.Decision.Kind.Ascii());
        lines.Raw("\",\"reason\":\""u8);
        lines.Raw(record.Decision.Reason.Ascii());
        Optional("\",\"scope\":\""u8, record.Scope, LongestTarget);
        Optional("\",\"problem\":\""u8, record.Problem, LongestText);
        if (record.Snapshot is { } snapshot)
        {
            lines.Raw("\",\"snapshot\":\""u8);
            lines.Name(snapshot);
        }

        if (record.Client is { } client)
        {
            lines.Raw("\",\"client_ip\":\""u8);
            lines.Address(client);
        }

        Optional("\",\"user_agent\":\""u8, record.UserAgent, LongestText);
        lines.Raw("\"}\n"u8);
    }

    // What stands before ends with an open text.
    private void Optional(ReadOnlySpan<byte> name, string? value, int longest)
    {
        if (value is not null)
        {
            lines.Raw(name);
            lines.Text(value, longest);
        }
    }
}
