namespace EdgeHost.Demo.Walkthrough.Planning;

/// <summary>The demonstration can't go on. The message is for the person who started it.</summary>
internal sealed class WalkthroughException(string message, string? logPath = null) : Exception(message)
{
    /// <summary>Whose last lines explain it.</summary>
    public string? LogPath { get; } = logPath;
}
