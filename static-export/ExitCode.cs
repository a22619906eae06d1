namespace StaticExport;

/// <summary>What <c>static-export</c> says to the shell. See docs/exporting.md.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The export failed, or the answer is no: refused, not found, damaged, unfit. What visitors see is as it was.</summary>
    public const int Failed = 1;

    /// <summary>The arguments or the site file are wrong.</summary>
    public const int Usage = 2;

    /// <summary>The snapshot is complete in the store and not active: the site is pinned, or another export was first.</summary>
    public const int Staged = 3;

    /// <summary>The store can't be used.</summary>
    public const int Store = 4;

    /// <summary>As shells have it for Ctrl-C.</summary>
    public const int Cancelled = 130;
}
