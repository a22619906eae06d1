using System.Net;
using EdgeHost.Decisions;

namespace EdgeHost.AccessLogs;

/// <summary>What a line's tail is made of.</summary>
internal readonly record struct LineTail(string? Site, Decision Decision, string? Scope, string? Problem, string? Snapshot, IPAddress? Client, string? UserAgent)
{
    public static LineTail Of(in AccessRecord record) => new(record.Site, record.Decision, record.Scope, record.Problem, record.Snapshot, record.Client, record.UserAgent);
}
