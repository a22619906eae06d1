namespace EdgeHost.AccessLogs;

/// <summary>What a line's head is made of.</summary>
internal readonly record struct LineHead(string Method, string? Host)
{
    public static LineHead Of(in AccessRecord record) => new(record.Method, record.Host);
}
