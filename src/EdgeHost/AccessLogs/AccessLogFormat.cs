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
        AddHead(record);
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
        AddTail(record);
    }

    private void AddHead(in AccessRecord record)
    {
        var of = LineHead.Of(record);
        var kept = record.Parts is null ? [] : record.Parts.Head.Of(of);
        if (!kept.IsEmpty)
        {
            lines.Part(kept);
            return;
        }

        var mark = lines.Mark();
        lines.Raw("\",\"method\":\""u8);
        lines.Text(of.Method, LongestText);
        Optional("\",\"host\":\""u8, of.Host, LongestHost);
        lines.Raw(withQuery ? "\",\"target\":\""u8 : "\",\"path\":\""u8);
        record.Parts?.Head.Keep(of, lines.Since(mark));
    }

    private void AddTail(in AccessRecord record)
    {
        var of = LineTail.Of(record);
        var kept = record.Parts is null ? [] : record.Parts.Tail.Of(of);
        if (!kept.IsEmpty)
        {
            lines.Part(kept);
            return;
        }

        var mark = lines.Mark();
        if (of.Site is not null)
        {
            lines.Raw(",\"site\":\""u8);
            lines.Name(of.Site);
            lines.Raw("\""u8);
        }

        lines.Raw(",\"decision\":\""u8);
        lines.Raw(of.Decision.Kind.Ascii());
        lines.Raw("\",\"reason\":\""u8);
        lines.Raw(of.Decision.Reason.Ascii());
        Optional("\",\"scope\":\""u8, of.Scope, LongestTarget);
        Optional("\",\"problem\":\""u8, of.Problem, LongestText);
        if (of.Snapshot is not null)
        {
            lines.Raw("\",\"snapshot\":\""u8);
            lines.Name(of.Snapshot);
        }

        if (of.Client is not null)
        {
            lines.Raw("\",\"client_ip\":\""u8);
            lines.Address(of.Client);
        }

        Optional("\",\"user_agent\":\""u8, of.UserAgent, LongestText);
        lines.Raw("\"}\n"u8);
        record.Parts?.Tail.Keep(of, lines.Since(mark));
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
