namespace EdgeHost.Cli;

/// <summary>What <c>edgectl</c> says to the shell. See docs/operating.md.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The edge refused: a rule, a wrong token, a store that is not as it should be. A plan that would be refused too.</summary>
    public const int Refused = 1;

    /// <summary>The arguments are wrong, or name what is not there.</summary>
    public const int Usage = 2;

    /// <summary>No edge answered, or it could not reach its store. Whether a change was made is not known then.</summary>
    public const int Unreachable = 3;

    /// <summary>As shells have it for Ctrl-C.</summary>
    public const int Cancelled = 130;
}
