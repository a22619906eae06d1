using EdgeHost.Decisions;

namespace EdgeHost.AccessLogs;

/// <summary>The form of a line: <c>{"ts":"…","method":"GET","host":"…","path":"/","status":200,"decision":"live","reason":"origin-usable",…}</c>. Documented in docs/operating.md.</summary>
/// <remarks>A line is formatted on the thread that answers, for some answers before the server sends their last bytes, so it is put together from bytes that are ready; a general JSON writer took three times as long.</remarks>
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
        AddHead(LineHead.Of(record), record.Parts?.Head);
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
        AddTail(LineTail.Of(record), record.Parts?.Tail);
    }

    private void AddHead(in LineHead head, LinePart<LineHead>? part)
    {
        if (TryCopy(head, part))
        {
            return;
        }

        var mark = lines.Mark();
        lines.Raw("\",\"method\":\""u8);
        lines.Text(head.Method, LongestText);
        Optional("\",\"host\":\""u8, head.Host, LongestHost);
        lines.Raw(withQuery ? "\",\"target\":\""u8 : "\",\"path\":\""u8);
        part?.Keep(head, lines.Since(mark));
    }

    private void AddTail(in LineTail tail, LinePart<LineTail>? part)
    {
        if (TryCopy(tail, part))
        {
            return;
        }

        var mark = lines.Mark();
        if (tail.Site is not null)
        {
            lines.Raw(",\"site\":\""u8);
            lines.Id(tail.Site);
            lines.Raw("\""u8);
        }

        lines.Raw(",\"decision\":\""u8);
        lines.Raw(tail.Decision.Kind.Ascii());
        lines.Raw("\",\"reason\":\""u8);
        lines.Raw(tail.Decision.Reason.Ascii());
        Optional("\",\"scope\":\""u8, tail.Scope, LongestTarget);
        Optional("\",\"problem\":\""u8, tail.Problem, LongestText);
        if (tail.Snapshot is not null)
        {
            lines.Raw("\",\"snapshot\":\""u8);
            lines.Id(tail.Snapshot);
        }

        if (tail.Client is not null)
        {
            lines.Raw("\",\"client_ip\":\""u8);
            lines.Address(tail.Client);
        }

        Optional("\",\"user_agent\":\""u8, tail.UserAgent, LongestText);
        lines.Raw("\"}\n"u8);
        part?.Keep(tail, lines.Since(mark));
    }

    private bool TryCopy<TSource>(in TSource source, LinePart<TSource>? part)
        where TSource : struct, IEquatable<TSource>
    {
        var kept = part is null ? [] : part.Of(source);
        lines.Part(kept);
        return !kept.IsEmpty;
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
