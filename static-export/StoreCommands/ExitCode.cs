namespace StaticExport.StoreCommands;

/// <summary>What a command says to the script that runs it.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>There is an answer, and it is no: refused, not found, damaged, unfit.</summary>
    public const int Refused = 1;

    /// <summary>There is no answer: bad arguments, or a store that can't be asked.</summary>
    public const int CouldNotAsk = 2;

    /// <summary>The snapshot is complete in the store and not active: the site is pinned, or another export was first.</summary>
    public const int Staged = 3;
}
