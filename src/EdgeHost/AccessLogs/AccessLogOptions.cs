namespace EdgeHost.AccessLogs;

/// <summary>The access log: one JSON line per request, written in batches by a single writer. When it can't keep up, lines are dropped and counted; visitors never wait for it.</summary>
internal sealed class AccessLogOptions
{
    /// <summary>A file, <c>-</c> for standard output, or empty for none. A file is opened anew when it was renamed away (logrotate). Default: <c>-</c>.</summary>
    public string Path { get; set; } = "-";

    /// <summary>How many lines may wait to be written, in equal shares for as many buffers as there are processors, each line taken for 1 KiB; further ones are dropped. 100 to 1,000,000. Default: 65,536.</summary>
    public int Capacity { get; set; } = 65_536;

    /// <summary>Whether query strings are logged. They often hold personal data. Default: false.</summary>
    public bool Query { get; set; }
}
