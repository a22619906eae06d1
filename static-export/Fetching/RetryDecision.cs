namespace StaticExport.Fetching;

/// <summary>Whether a failed request is worth another try, and when.</summary>
internal readonly record struct RetryDecision(bool Again, TimeSpan Pause)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly RetryDecision GiveUp = new(false, TimeSpan.Zero);

    /// <param name="failure">How the last try failed.</param>
    /// <param name="tries">How many there were.</param>
    /// <param name="retries">How many may follow the first.</param>
    public static RetryDecision For(FetchFailure failure, int tries, int retries) => failure.Kind switch
    {
        _ when tries > retries => GiveUp,
        // The same would come again.
        FetchFailureKind.TooLarge or FetchFailureKind.Bomb or FetchFailureKind.InvalidAnswer or FetchFailureKind.Truncated => GiveUp,
        // An origin that asks for more patience than we have is not asked again.
        _ when failure.RetryAfter > LongestPause => GiveUp,
        _ => new(true, Longer(failure.RetryAfter ?? TimeSpan.Zero, FirstPause * Math.Pow(2, tries - 1))),
    };

    private static TimeSpan Longer(TimeSpan asked, TimeSpan ours) => asked > ours ? asked : ours < LongestPause ? ours : LongestPause;
}
