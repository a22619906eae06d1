namespace EdgeHost.Interlocks;

/// <summary>When a change of mode is refused until somebody says that it is meant.</summary>
internal sealed class InterlockOptions
{
    /// <summary>The oldest snapshot that a site is put on without a word. 1 h to 3,650 days. Default: 14 days.</summary>
    public TimeSpan LargestSnapshotAge { get; set; } = TimeSpan.FromDays(14);

    /// <summary>The largest share of sites, in percent, that a change may leave available to nobody; one site always may be. 0 to 100. Default: 20.</summary>
    public int LargestUnavailablePercent { get; set; } = 20;
}
