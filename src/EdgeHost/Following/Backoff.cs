namespace EdgeHost.Following;

/// <summary>How long to wait before the next try: never the same for all edges, or they would come together each time.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);

    /// <summary>From so long to half as much more.</summary>
    public static TimeSpan Jittered(TimeSpan delay) => delay * (1 + (Random.Shared.NextDouble() / 2));

    /// <summary>Twice as long after each try.</summary>
    public static TimeSpan After(int tries) => Jittered(First * Math.Pow(2, tries - 1));
}
